import type { Hypervisor } from '../fact.ts';
import type { AppliedFix, Fix } from '../finding.ts';
import { plainLines } from '../readers/proxmox-config/plain-lines.ts';
import type { VmSetup } from '../vm-setup.ts';
import { inWords } from './in-words.ts';
import { libvirtText } from './libvirt-text.ts';
import { editProxmox } from './proxmox-edits.ts';
import { qemuText } from './qemu-text.ts';
import { unifiedDiff } from './unified-diff.ts';

/**
 * A fix for the VM as it was given.
 * @param setup null where no VM was given: `hypervisor` then says whose words to use
 * @param text the VM's description as it was given; null: not at hand
 */
export function applyFix(
  fix: Fix,
  setup: VmSetup | null,
  text: string | null,
  hypervisor: Hypervisor | null = null,
): AppliedFix {
  const { vm: edits, steps } = fix;
  // `qm showcmd` prints Proxmox' own devices, which are changed in its config.
  const ofProxmox = setup?.devices.some(({ name }) => /^hostpci\d/.test(name)) === true;
  const form = ofProxmox ? 'proxmox' : (setup?.form ?? hypervisor ?? 'proxmox');
  if (form === 'libvirt' || form === 'unraid') return { diff: null, paste: libvirtText(setup, edits), steps };
  if (form !== 'proxmox') return { diff: null, paste: qemuText(setup, edits), steps };
  if (setup?.form !== 'proxmox' || text === null) return inWords(fix);
  const before = plainLines(text.split('\n').map((line, index) => ({ n: index + 1, text: line }))).join('\n');
  const after = editProxmox(before, setup, edits);
  return {
    ...inWords({ vm: after.left, steps }),
    diff: unifiedDiff(setup.input, before, after.text) || null,
  };
}
