import type { SysfsDevice } from '../collect/sysfs-devices.ts';

/** A VM of the node that may be a guest: a template, or a VM that its owner tagged `code43`. */
export interface SeenVm {
  readonly vmid: number;
  readonly name: string;
  readonly template: boolean;
  /** As Proxmox has it, `win11`; null: not said. */
  readonly ostype: string | null;
  /** `ovmf` or `seabios`. */
  readonly bios: string;
  /** As Proxmox has it, with its version where one is pinned: `pc-q35-10.0+pve1`. */
  readonly machine: string;
}

/** What a look at a node showed. Names of VMs and their numbers are its owner's, and stay out of what is published. */
export interface SeenNode {
  /** Versions, as `9.2.11`, `6.14.8-2-pve`, `10.1.2`; null: not known. */
  readonly pve: string;
  readonly kernel: string | null;
  readonly qemu: string | null;
  /** As people write it: `Intel N100`; null: not known. */
  readonly cpu: string | null;
  /** Model of the mainboard, from its firmware; null: it says nothing that tells one from another. */
  readonly board: string | null;
  /** At least one; where none is a known iGPU, all of Intel's graphics devices. No virtual functions. */
  readonly igpus: readonly [SysfsDevice, ...SysfsDevice[]];
  readonly vms: readonly SeenVm[];
  /** Numbers that are taken, of containers and of other nodes of the cluster too. */
  readonly taken: readonly number[];
}
