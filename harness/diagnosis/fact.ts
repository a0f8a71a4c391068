import type { Quote } from './quote.ts';

/** How the iGPU is given to the guest: all of it (GVT-d), one virtual function (SR-IOV), or a mediated device (GVT-g). */
export type Mode = 'whole' | 'vf' | 'mdev';

export type Hypervisor = 'proxmox' | 'libvirt' | 'unraid' | 'qemu' | 'other';

/** What a person says, or a log shows, of how it goes wrong. The one home of these words. */
export const SYMPTOMS = {
  'code-43': 'Code 43',
  'problem-code': 'another problem code',
  'basic-display': 'only the Microsoft Basic Display driver',
  'driver-not-installing': 'the driver does not install',
  'no-device': 'the guest does not see the device',
  'no-render-node': 'no render node (/dev/dri) in the guest',
  'no-acceleration': 'no hardware acceleration in the guest',
  'no-picture': 'no picture on the monitor',
  'no-firmware-picture': 'no picture before the guest’s driver starts',
  'corrupt-picture': 'a corrupt picture',
  'no-audio': 'no sound over HDMI',
  'vm-does-not-start': 'the VM does not start',
  'vm-freezes': 'the VM freezes',
  'host-freezes': 'the host freezes or restarts',
  bsod: 'a blue screen',
  'reset-loop': 'the guest restarts again and again',
  'only-first-boot': 'it works once after the host’s boot, then no more',
  'after-update': 'it broke with an update',
  'vfs-missing': 'virtual functions do not appear',
  'dma-faults': 'DMA faults of the device on the host',
  'less-memory': 'the guest has less memory than it was given',
  'device-lost': 'the host loses another device, such as its network',
  'display-wanted': 'a picture on a monitor is wished for',
  intermittent: 'now and then',
} as const;
export type Symptom = keyof typeof SYMPTOMS;

/** What is seen inside of a Linux guest, by its tools or by who looked. The one home of these words. */
export const GUEST_SIGHTS = {
  bound: 'a driver holds the device',
  'render-node': 'there is a render node',
  accelerates: 'a program uses the GPU',
  unbound: 'no driver holds the device',
  'no-module': 'the kernel has no driver for it, or has not loaded it',
  'id-unknown': 'the driver does not know the device’s id',
  'build-failed': 'a driver could not be built or installed',
  'bare-kernel': 'the kernel is one for clouds',
  'gave-up': 'the driver gave the GPU up',
  'driver-installed': 'a driver was installed',
  'other-node': 'a program opened the node of the emulated adapter',
  'no-right': 'a program has no right to the node',
  container: 'a container has no access to the GPU',
  software: 'the picture is rendered in software',
  'media-failed': 'the media driver does not start',
} as const;
export type GuestSight = keyof typeof GUEST_SIGHTS;

/** What is seen in a Linux guest that has no use of the GPU. */
export const LACKS: readonly GuestSight[] = [
  'unbound',
  'no-module',
  'id-unknown',
  'build-failed',
  'media-failed',
];

/** What was changed between a trial that works and one that does not. The one home of these words. */
export const COMPARED = {
  'host-kernel': 'the host’s kernel',
  qemu: 'QEMU or Proxmox VE',
  guest: 'another guest with the same device',
  'guest-kernel': 'the guest’s kernel or release',
  'guest-driver': 'the guest’s graphics driver',
  rom: 'the ROM',
  machine: 'the machine type',
  'host-driver': 'the module on the host',
  vbs: 'Hyper-V, WSL 2 or Windows Hello in the guest',
  cpu: 'the CPU type or what is hidden of it',
} as const;
export type Compared = keyof typeof COMPARED;

/** What is told of a ROM file that is not here itself. The one home of these words. */
export const ROM_STATES = {
  empty: 'the file has no bytes',
  'bare-efi': 'the file begins with MZ',
  'no-rom': 'the file is something else than a ROM',
  'cut-off': 'the file is shorter than it should be',
  'gop-only': 'nothing in it hands over the OpRegion',
  'no-gop': 'there is no GOP driver in it',
  'other-generation': 'its GOP driver does not know this iGPU',
  'legacy-only': 'it has an image for the old BIOS only',
  'other-digest': 'its sum is not that of the release',
} as const;
export type RomState = keyof typeof ROM_STATES;

/** What a person tells in passing that points to a cause. The one home of these words. */
export const SIGNS = {
  'all-functions': 'all functions of the slot are ticked',
  'slot-taken': 'another device has the place in the guest',
  'guest-elsewhere': 'the guest has the iGPU at another place than 00:02.0',
  ballooning: 'the VM’s memory is meant to shrink and grow',
  'sriov-refused': 'a tool says that there is no SR-IOV',
  'module-unbuilt': 'the module with SR-IOV is not built on the host',
  'guest-module-unbuilt': 'the module with SR-IOV is not built in the guest',
  'no-pf-driver': 'no driver holds the physical function',
  'pf-given': 'the physical function is given to a VM',
  'reset-stuck': 'the device’s reset does not end',
  'no-sriov-capability': 'the device’s capabilities are listed, without SR-IOV',
  'driver-kept-out': 'the host’s settings keep the driver from loading',
  'host-desktop': 'the host’s own desktop or driver uses the device',
  'asls-zero': 'the guest’s OpRegion register is empty',
  'iommu-not-applied': 'intel_iommu=on is not on the command line of the kernel that runs',
  'amd-cpu-model': 'the guest’s processor says it is one of AMD’s',
  'hypervisor-hidden': 'the hypervisor is hidden from the guest',
} as const;
export type Sign = keyof typeof SIGNS;

/** What may be known of a set-up: one line here for each kind of fact. Texts are as given, trimmed. */
export interface FactValues {
  /** Processor name as given: `Intel(R) N100`, `i5-8500T`. */
  readonly cpu: string;
  /** The graphics device in question, `8086:46d1`. */
  readonly device: string;
  /** Whose graphics the inputs speak of; `intel`: its iGPU, `intel-card`: a card of Intel's, `igpu`: anybody's. */
  readonly graphics: 'igpu' | 'intel' | 'intel-card' | 'amd' | 'nvidia';
  /** Its address on the host, `0000:00:02.0`. */
  readonly address: string;
  /** `3` digits or six: class as lspci or the kernel gives it, `0300`. */
  readonly deviceClass: string;
  /** Driver that holds the device on the host, by lspci: `vfio-pci`, `i915`; `none`. */
  readonly hostDriver: string;
  readonly hypervisor: Hypervisor;
  /** Digits and dots only, such as `9.0.3`. */
  readonly pveVersion: string;
  readonly qemuVersion: string;
  /** As `uname -r`: `6.8.12-4-pve`. */
  readonly kernel: string;
  readonly kernelCommandLine: string;
  /** One `options` or `blacklist` line of modprobe.d. */
  readonly moduleOptions: string;
  readonly mode: Mode;
  readonly machine: 'i440fx' | 'q35';
  readonly firmware: 'seabios' | 'ovmf';
  /** Whether a ROM is given to the device, or the name of the file. */
  readonly romGiven: boolean;
  readonly romName: string;
  /** `x-igd-gms` as a person names it: `0x2`, `1`. */
  readonly gms: string;
  /** What a person tells, or pasted, of the ROM file's contents. */
  readonly romState: RomState;
  /** Processor or graphics that the ROM is said to be of. */
  readonly romFor: string;
  /** Of a ROM file, as `sha256sum` prints it: the sum and, where it is said, the file’s name without its folder. */
  readonly romDigest: string;
  readonly guestOs: 'windows' | 'linux' | 'macos' | 'bsd' | 'other';
  /** In their words: `Windows 11 24H2`. */
  readonly guestOsText: string;
  readonly guestKernel: string;
  /** A kernel of the host that the module with SR-IOV is installed for, by `dkms status`. */
  readonly moduleKernel: string;
  /** The guest's graphics driver: a version (`32.0.101.6078`) or a name (`i915`). */
  readonly guestDriver: string;
  /** What was seen inside of a Linux guest. */
  readonly guestSight: GuestSight;
  /** Something else than its owner put another graphics driver into the guest. */
  readonly driverReplaced: boolean;
  /** Seconds since the guest's start at which its device's status was read. */
  readonly guestUptime: number;
  /** Why the guest could not be judged yet when it was asked: its set-up or an installer was running. */
  readonly guestBusy: string;
  /** Windows' problem code of the device; 0: none. */
  readonly problemCode: number;
  readonly symptom: Symptom;
  /** The present state as stated: what was once wrong and is mended counts as `works`. */
  readonly outcome: 'works' | 'fails';
  /** Another graphics device in the host. */
  readonly otherGpu: string;
  readonly hostPrimary: 'igpu' | 'other';
  /** Virtualisation-based security, Hyper-V, WSL2 or Windows Hello in the guest. */
  readonly vbs: boolean;
  readonly monitor: boolean;
  /** A trial that was made: what was changed, and that it works (or not) with that. */
  readonly compared: Compared;
  readonly sign: Sign;
  /** What names the iGPU’s family where no id does: a codename, a marketing name, a firmware file. */
  readonly codename: string;
  /** Bits of the IOMMU's address width. */
  readonly iommuWidth: number;
  readonly vfs: number;
  readonly biosSetting: string;
}
export type FactKey = keyof FactValues;

/** One thing that is known, from where, and by whom: a machine's output outweighs a person's words. */
export type Fact = {
  readonly [Key in FactKey]: {
    readonly key: Key;
    readonly value: FactValues[Key];
    readonly by: 'machine' | 'person';
    readonly quote: Quote;
  };
}[FactKey];

/** All facts of a case. */
export class Facts {
  readonly all: readonly Fact[];
  private readonly sorted = new Map<FactKey, readonly Fact[]>();

  constructor(all: readonly Fact[]) {
    this.all = all;
  }

  /** Every fact of a kind; what machines say first, else in the order of the inputs' names and lines. */
  of<Key extends FactKey>(key: Key): readonly Extract<Fact, { key: Key }>[] {
    const known = this.sorted.get(key) ?? this.all.filter((fact) => fact.key === key).toSorted(compare);
    this.sorted.set(key, known);
    return known as readonly Extract<Fact, { key: Key }>[];
  }

  /** The value that counts; null where nothing is known. */
  get<Key extends FactKey>(key: Key): FactValues[Key] | null {
    return (this.of(key)[0]?.value ?? null) as FactValues[Key] | null;
  }

  /** Whether any fact of the kind has this value. */
  has<Key extends FactKey>(key: Key, value: FactValues[Key]): boolean {
    return this.of(key).some((fact) => fact.value === value);
  }

  /** Where one of these values is said. */
  saying<Key extends FactKey>(key: Key, ...values: readonly FactValues[Key][]): readonly Quote[] {
    return this.of(key).flatMap(({ value, quote }) =>
      values.includes(value as FactValues[Key]) ? [quote] : [],
    );
  }

  quotes(...keys: readonly FactKey[]): readonly Quote[] {
    return keys.flatMap((key) => this.of(key).map(({ quote }) => quote));
  }
}

function compare(a: Fact, b: Fact): number {
  const [first, second] = [a.quote, b.quote];
  const speakers = Number(a.by === 'person') - Number(b.by === 'person');
  if (speakers !== 0) return speakers;
  return first.input < second.input ? -1 : first.input > second.input ? 1 : first.line - second.line;
}
