import type { Part } from '../part.ts';
import { readLines, said, type Reading, type Said } from './reading.ts';

/**
 * Reads the host's own settings: a kernel command line (`/proc/cmdline`, `GRUB_CMDLINE_LINUX_DEFAULT=…`,
 * `/etc/kernel/cmdline`), lines of modprobe.d, and what sysfs says of the IOMMU's units. Comments are nobody's setting.
 * Pure; never throws.
 */
export function readHostFile(part: Part): Reading {
  return readLines(part, 'machine', ofLine);
}

function ofLine(line: string): readonly Said[] {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return [];
  const width = addressWidth(text);
  if (width !== null) return [said('iommuWidth', width)];
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

/**
 * Bits of a unit's addresses, of its capability register: MGAW, bits 21:16, is one less than the maximum guest address
 * width (Intel VT-d specification, Capability Register). Null of any other line.
 */
function addressWidth(text: string): number | null {
  const cap = /^(?:\S{0,80}\/intel-iommu\/cap:\s?)?(?:0x)?([0-9a-f]{12,16})$/i.exec(text)?.[1];
  return cap === undefined ? null : Number((BigInt(`0x${cap}`) >> 16n) & 0x3fn) + 1;
}
