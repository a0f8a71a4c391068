import type { Part } from '../part.ts';
import { readLines, said, type Reading, type Said } from './reading.ts';

/**
 * Reads the host's own settings: a kernel command line (`/proc/cmdline`, `GRUB_CMDLINE_LINUX_DEFAULT=…`,
 * `/etc/kernel/cmdline`) and lines of modprobe.d. Comments are nobody's setting. Pure; never throws.
 */
export function readHostFile(part: Part): Reading {
  return readLines(part, 'machine', ofLine);
}

function ofLine(line: string): readonly Said[] {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return [];
  const module = /^(?:\S{1,80}\.conf:\s*)?((?:options|blacklist|softdep|install|alias)\s+\S.*)$/.exec(
    text,
  )?.[1];
  if (module !== undefined) return [said('moduleOptions', module.trim())];
  const grub = /^GRUB_CMDLINE_LINUX(?:_DEFAULT)?=\s*["']?([^"']*)/.exec(text)?.[1];
  const bare = grub ?? text.replace(/^(?:Kernel )?command line:\s*/i, '');
  return /(?:^|\s)(?:root=|ro\b|rw\b|quiet\b|BOOT_IMAGE=|initrd=|[\w-]+\.[\w-]+=|(?:intel_)?iommu=|video=|[a-z_]+_blacklist=)/.test(
    bare,
  )
    ? [said('kernelCommandLine', bare.trim())]
    : [];
}
