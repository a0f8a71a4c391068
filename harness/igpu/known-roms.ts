/**
 * Option ROMs that are known for an iGPU, and the VM config that goes with them, as single edits: `supported` by
 * facts, apart from what merely stood in a config that works.
 */
export interface KnownRom {
  /** Device ids, `vendor:device`. */
  readonly ids: readonly string[];
  readonly ref: string;
  readonly file: string;
  /** Null: not pinned yet. */
  readonly sha256: string | null;
  readonly url: string;
  readonly supported: readonly ConfigEdit[];
  readonly alsoSeen: readonly ConfigEdit[];
}

/** One thing to have in a VM config: a property of hostpci, words of `args`, or a key with its value. */
export interface ConfigEdit {
  readonly key: 'hostpci' | 'args' | 'vga' | 'cpu';
  readonly add: string;
  readonly why: string;
  readonly source: string;
}

const IGD_DOC = 'QEMU docs/igd-assign.txt';
const REPORT = 'the reported working config of an N100 on Proxmox VE';

export const KNOWN_ROMS: readonly KnownRom[] = [
  {
    ids: ['8086:46d0', '8086:46d1', '8086:46d2'],
    ref: 'intel6-14rom/v2.0-20250622-100999/12-n100-q10',
    file: '12-n100-q10.rom',
    sha256: null,
    url: 'https://github.com/lixiaoliu666/intel6-14rom/releases/tag/v2.0-20250622-100999',
    supported: [
      {
        key: 'hostpci',
        add: 'romfile=12-n100-q10.rom',
        why: 'hands the OpRegion and the stolen memory over to the guest’s driver',
        source: IGD_DOC,
      },
      {
        key: 'hostpci',
        add: 'pcie=1',
        why: 'lets the device sit on pcie.0 of a q35 machine',
        source: 'qemu-server PCI.pm',
      },
      {
        key: 'args',
        add: '-set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0',
        why: 'guest address 00:02.0: the Windows driver depends on it',
        source: IGD_DOC,
      },
      {
        key: 'args',
        add: '-set device.hostpci0.x-igd-opregion=on',
        why: 'gives the guest the OpRegion; off by default before QEMU 10.1',
        source: 'QEMU hw/vfio/igd.c',
      },
      {
        key: 'vga',
        add: 'none',
        why: 'an emulated display would hold 00:02.0 or be taken for the primary one',
        source: 'qemu-server PCI.pm',
      },
    ],
    alsoSeen: [
      { key: 'cpu', add: 'host,hidden=1', why: 'not shown to be needed for a whole iGPU', source: REPORT },
      {
        key: 'args',
        add: '-set device.hostpci0.x-igd-gms=0x2',
        why: 'QEMU 10 keeps the host’s value without it',
        source: REPORT,
      },
      {
        key: 'hostpci',
        add: 'x-vga=1',
        why: 'with OVMF it only hides KVM and sets a vendor id',
        source: REPORT,
      },
    ],
  },
];

export function knownRom(id: string): KnownRom | null {
  return KNOWN_ROMS.find((known) => known.ids.includes(id)) ?? null;
}
