import type { AppliedFix, Fix } from '../finding.ts';
import type { Paste } from './paste.ts';
import { proxmoxLine } from './words-of-edit.ts';

/** A fix for a Proxmox VM whose config is not at hand: the lines to change, in words. */
export function inWords({ vm, steps }: Pick<Fix, 'vm' | 'steps'>): AppliedFix {
  const paste = vm.map((edit): Paste => ({
    where: '/etc/pve/qemu-server/<VMID>.conf',
    text: proxmoxLine(edit),
  }));
  return { diff: null, paste, steps };
}
