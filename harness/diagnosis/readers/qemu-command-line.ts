import type { Hypervisor } from '../fact.ts';
import type { Part } from '../part.ts';
import { commandWords } from './qemu-command-line/words.ts';
import { setupFacts } from './setup-facts.ts';
import type { SetupRead } from './setup-read.ts';
import { applyOptions } from './vm-draft/apply-options.ts';
import { optionList, type QemuOption, qemuOptions } from './vm-draft/qemu-option.ts';
import { type VmDraft, vmDraft, vmSetup } from './vm-draft/vm-draft.ts';

/**
 * A QEMU command line, however it was come by: `qm showcmd`, `ps`, a script, libvirt's log. Of several the last. What
 * wrapped it (Proxmox, libvirt) is told by what it alone writes.
 */
export function readQemuCommandLine(part: Part): SetupRead {
  const words = commandWords(part);
  const options = qemuOptions(words);
  if (!options.some(({ name }) => name === 'device' || name === 'machine' || name === 'M' || name === 'cpu'))
    return { setup: null, facts: [], notUnderstood: [] };
  const draft = vmDraft('qemu', part.input);
  applyOptions(draft, options);
  const text = words.map((word) => word.text).join(' ');
  readDefaults(draft, options, text);
  const setup = vmSetup(draft);
  return { setup, facts: setupFacts(setup, wrapperOf(text)), notUnderstood: [] };
}

/** What QEMU does without being told. Source: QEMU's system/vl.c, default_vga; hw/i386/pc_piix.c. */
function readDefaults(draft: VmDraft, options: readonly QemuOption[], text: string): void {
  const names = new Set(options.map(({ name }) => name));
  const [first] = options;
  const emulator = /qemu|kvm/.test(text.slice(0, 4_000));
  if (draft.machine.type === null && emulator && !names.has('machine') && !names.has('M'))
    draft.machine = { type: 'i440fx', version: null };
  const ovmf = draft.firmware !== null || names.has('bios') || names.has('pflash');
  if (!ovmf && emulator && names.has('device')) draft.firmware = 'seabios';
  if (draft.display === null && emulator && !names.has('nodefaults')) draft.display = 'std';
  const shown = draft.at.get('vga') ?? first?.quote;
  const byOption = options.some(({ name, value }) => name === 'vga' && value !== 'none') || !names.has('vga');
  if (
    byOption &&
    draft.display !== null &&
    draft.display !== 'none' &&
    shown !== undefined &&
    !placed(options)
  )
    draft.taken.push({ slot: draft.machine.type === 'q35' ? 1 : 2, by: 'vga', quote: shown });
}

/** Whether the display is a device of its own, which says where it is. */
function placed(options: readonly QemuOption[]): boolean {
  return options.some(
    ({ name, value }) => name === 'device' && /^(?:VGA|[a-z-]{1,20}vga)/.test(optionList(value ?? '').first),
  );
}

function wrapperOf(text: string): Hypervisor {
  if (/\/qemu-server\/|pve-(?:version|qemu)|-id \d{3,9}\b/.test(text)) return 'proxmox';
  if (/\/libvirt\/|guest=[^ ]{1,100},debug-threads|libvirt-\d|masterKey/.test(text)) return 'libvirt';
  return 'qemu';
}
