import type { ListedVm, VmManager } from '../host/proxmox/vm-manager.ts';
import type { SeenVm } from './seen-node.ts';

/** The tag by which an owner says of a VM of theirs that runs may work in it. */
export const OWN_TAG = 'code43';
/** Names of clones that runs make: they are no guests. */
const CLONE = /^code43-/;
/** So many are asked for their config; each costs about half a second. */
const MOST = 100;

/** Of the VMs of a node the templates, and those that their owner tagged, by number. */
export async function seenVms(
  listed: readonly ListedVm[],
  manager: VmManager,
  signal?: AbortSignal,
): Promise<readonly SeenVm[]> {
  const wanted = listed.filter(mayBeGuest).toSorted((a, b) => a.vmid - b.vmid);
  const seen: SeenVm[] = [];
  for (const { vmid, name, template } of wanted.slice(0, MOST)) {
    const { entries } = await manager.config(vmid, { seconds: 60, signal });
    const machine = entries.get('machine') ?? '';
    seen.push({
      vmid,
      name,
      template,
      ostype: entries.get('ostype') ?? null,
      bios: entries.get('bios') === 'ovmf' ? 'ovmf' : 'seabios',
      // Without a key it is what QEMU calls pc (qemu-server, PVE/QemuServer/Machine.pm).
      machine: /(?:^|,)(?:type=)?(q35|pc(?:-[\w.+-]{1,40})?)(?:,|$)/.exec(machine)?.[1] ?? 'pc',
    });
  }
  return seen;
}

function mayBeGuest({ template, tags, name }: ListedVm): boolean {
  return template || (tags.includes(OWN_TAG) && !CLONE.test(name));
}
