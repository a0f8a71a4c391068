import type { Quote } from './quote.ts';

/** A VM as it is configured, whichever way: a Proxmox config, a libvirt domain, a QEMU command line. Null: not said. */
export interface VmSetup {
  readonly form: 'proxmox' | 'libvirt' | 'qemu';
  readonly input: string;
  readonly machine: { readonly type: 'i440fx' | 'q35' | null; readonly version: string | null };
  readonly firmware: 'seabios' | 'ovmf' | null;
  readonly cpu: CpuSetup;
  /** MiB. */
  readonly memory: number | null;
  /** Whether the balloon may take memory away (Proxmox: `balloon` neither 0 nor the whole memory). */
  readonly ballooning: boolean;
  /** The first emulated display, as written: `none`, `std`, `virtio`, `qxl`; null where nothing is said. */
  readonly display: string | null;
  /** `win11`, `l26`; of a libvirt domain by its libosinfo id. */
  readonly ostype: string | null;
  readonly agent: boolean | null;
  /** Options passed through verbatim (`args:`, `qemu:commandline`). */
  readonly args: ArgsSetup | null;
  readonly devices: readonly PassedDevice[];
  /** Guest PCI slots of bus 0 that something else than the iGPU is known to take: slot 2 by an emulated VGA, … */
  readonly taken: readonly { readonly slot: number; readonly by: string; readonly quote: Quote }[];
  /** Properties given with a type, as libvirt's overrides and JSON devices do. */
  readonly typed?: readonly TypedProperty[];
  /** Where a key or element of this name stands, for evidence: `machine`, `hostpci0`, `args`, `vga`. */
  readonly at: ReadonlyMap<string, Quote>;
}

export interface CpuSetup {
  readonly model: string | null;
  /** KVM's own signature is hidden (`hidden=1`, `kvm=off`, `<kvm><hidden state='on'/>`). */
  readonly hidden: boolean;
  /** The whole hypervisor bit is hidden (`-hypervisor`). */
  readonly hypervisorBitOff: boolean;
  /** Hyper-V vendor id (`hv_vendor_id=…`, `<vendor_id value=…>`). */
  readonly hvVendorId: string | null;
  /** CPU vendor given to the guest, where it is not the host's. */
  readonly vendor: string | null;
  readonly physBits: number | null;
  readonly hostPhysBits: boolean | null;
  readonly physBitsLimit: number | null;
}

export interface ArgsSetup {
  readonly text: string;
  /** Null where Proxmox drops all of it: an unbalanced quote. */
  readonly words: readonly string[] | null;
  readonly quote: Quote;
}

/** A property of a device whose type is said: QEMU refuses a boolean where it wants a string. */
export interface TypedProperty {
  readonly device: string;
  readonly name: string;
  readonly value: string;
  readonly type: 'string' | 'boolean' | 'number';
  readonly quote: Quote;
}

/** A host PCI device given to the guest. */
export interface PassedDevice {
  /** `hostpci0`, or the id in QEMU; of a libvirt domain `hostdev0`, counted. */
  readonly name: string;
  /** `0000:00:02.0`, of a whole slot `0000:00:02`; null with a mapping. */
  readonly host: string | null;
  readonly mapping: string | null;
  readonly mdev: string | null;
  readonly allFunctions: boolean;
  /** Where the guest sees it once everything (`args`, too) is applied; null where that is not said. */
  readonly guest: { readonly bus: string | null; readonly slot: number; readonly function: number } | null;
  readonly romfile: string | null;
  readonly rombar: boolean;
  readonly pcie: boolean;
  /** Proxmox' `x-vga`, or QEMU's `x-vga=on`. */
  readonly xVga: boolean;
  readonly legacyIgd: boolean;
  /** Every property that QEMU gets for it, as text: `x-igd-opregion` → `on`, `x-igd-gms` → `0x2`. */
  readonly properties: ReadonlyMap<string, string>;
  readonly quote: Quote;
}
