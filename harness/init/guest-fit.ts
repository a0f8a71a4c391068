import type { GuestFile } from '../scenario/cell.ts';
import type { SeenVm } from './seen-node.ts';

/** Which VM of the node is which guest, by the guest's id. */
export type GuestVms = ReadonlyMap<string, SeenVm>;

/**
 * Which VMs can only be meant for which guests, by Proxmox's `ostype` and by name; what is not certain is left out. A
 * guest with an image of its own is for a local QEMU and is never proposed; templates come before VMs of the owner's.
 */
export function proposeGuests(vms: readonly SeenVm[], guests: Iterable<GuestFile>): GuestVms {
  const real = [...guests].filter(({ image }) => image === undefined);
  const pairs = vms.flatMap((vm) => best(vm, real).map((guest) => ({ vm, guest })));
  const proposed = real.flatMap((guest) => {
    const mine = pairs.filter((pair) => pair.guest === guest).map(({ vm }) => vm);
    const templates = mine.filter(({ template }) => template);
    const [only, ...others] = templates.length > 0 ? templates : mine;
    if (only === undefined || others.length > 0) return [];
    const rivals = pairs.filter(({ vm }) => vm === only);
    return rivals.length === 1 ? [[guest.id, only] as const] : [];
  });
  return new Map(proposed);
}

/** The guests that a VM may be; where its name says one, only that. */
function best(vm: SeenVm, guests: readonly GuestFile[]): readonly GuestFile[] {
  const fitting = guests.filter((guest) => fits(vm, guest));
  const named = fitting.filter(({ id }) => vm.name.toLowerCase().includes(id));
  return named.length > 0 ? named : fitting;
}

/** Proxmox's ostype is `win11`, `w2k22`, `l26`, …; a guest called `win11-iot` is no Windows 10. */
function fits({ ostype }: SeenVm, { probe, id }: GuestFile): boolean {
  if (ostype === null) return false;
  if (probe === 'linux') return /^l2[46]$/.test(ostype);
  const [said] = /^win\d+/.exec(id) ?? [];
  return said === undefined ? /^(?:w2k|wxp|wvista|win)/.test(ostype) : ostype === said;
}
