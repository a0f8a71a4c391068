/**
 * Intel display devices: PCI device ids by codename, and the generation QEMU's vfio code gives them.
 *
 * Source: `include/drm/intel/pciids.h` of the Linux kernel (read in the copy of strongtz/i915-sriov-dkms at 2421d3f);
 * generations from `igd_gen()` in QEMU's `hw/vfio/igd.c` (QEMU 10.0 and later), null where it knows none.
 */
interface Row {
  /** Short form of the codename, as Intel's drivers write it. */
  readonly code: string;
  readonly codename: string;
  /** What the box says, or a few of the processors it is in. */
  readonly marketed: string;
  readonly generation: number | null;
  /** PCI device ids, lower-case hex, separated by spaces; the vendor is 8086. */
  readonly devices: string;
}

const ROWS = [
  {
    code: 'SNB',
    codename: 'Sandy Bridge',
    marketed: '2nd gen',
    generation: 6,
    devices: '0102 0106 010a 0112 0116 0122 0126',
  },
  {
    code: 'IVB',
    codename: 'Ivy Bridge',
    marketed: '3rd gen',
    generation: 6,
    devices: '0152 0156 015a 0162 0166 016a',
  },
  {
    code: 'HSW',
    codename: 'Haswell',
    marketed: '4th gen',
    generation: 7,
    devices:
      '0402 0406 040a 040b 040e 0412 0416 041a 041b 041e 0422 0426 042a 042b 042e 0a02 0a06 0a0a 0a0b 0a0e 0a12 0a16 0a1a 0a1b 0a1e 0a22 0a26 0a2a 0a2b 0a2e 0c02 0c06 0c0a 0c0b 0c0e 0c12 0c16 0c1a 0c1b 0c1e 0c22 0c26 0c2a 0c2b 0c2e 0d02 0d06 0d0a 0d0b 0d0e 0d12 0d16 0d1a 0d1b 0d1e 0d22 0d26 0d2a 0d2b 0d2e',
  },
  { code: 'BYT', codename: 'Bay Trail', marketed: 'Atom', generation: 7, devices: '0f30 0f31 0f32 0f33' },
  {
    code: 'BDW',
    codename: 'Broadwell',
    marketed: '5th gen',
    generation: 8,
    devices:
      '1602 1606 160a 160b 160d 160e 1612 1616 161a 161b 161d 161e 1622 1626 162a 162b 162d 162e 1632 1636 163a 163b 163d 163e',
  },
  {
    code: 'CHV',
    codename: 'Cherry Trail/Braswell',
    marketed: 'Atom',
    generation: 8,
    devices: '22b0 22b1 22b2 22b3',
  },
  {
    code: 'SKL',
    codename: 'Skylake',
    marketed: '6th gen',
    generation: 9,
    devices:
      '1902 1906 190a 190b 190e 1912 1913 1915 1916 1917 191a 191b 191d 191e 1921 1923 1926 1927 192a 192b 192d 1932 193a 193b 193d',
  },
  {
    code: 'BXT',
    codename: 'Broxton/Apollo Lake',
    marketed: 'J3455, N3350',
    generation: 9,
    devices: '0a84 1a84 1a85 5a84 5a85',
  },
  {
    code: 'GLK',
    codename: 'Gemini Lake',
    marketed: 'J4125, N4100, J5005',
    generation: 9,
    devices: '3184 3185',
  },
  {
    code: 'KBL',
    codename: 'Kaby Lake',
    marketed: '7th gen',
    generation: 9,
    devices:
      '5902 5906 5908 590a 590b 590e 5912 5913 5915 5916 5917 591a 591b 591d 591e 5921 5923 5926 5927 593b',
  },
  {
    code: 'CFL',
    codename: 'Coffee Lake',
    marketed: '8th/9th gen',
    generation: 9,
    devices: '3e90 3e91 3e92 3e93 3e94 3e96 3e98 3e99 3e9a 3e9b 3e9c 3ea5 3ea6 3ea7 3ea8 3ea9',
  },
  {
    code: 'WHL',
    codename: 'Whiskey Lake',
    marketed: '8th gen U',
    generation: 9,
    devices: '3ea0 3ea1 3ea2 3ea3 3ea4',
  },
  { code: 'AML', codename: 'Amber Lake', marketed: 'Y', generation: null, devices: '591c 87c0 87ca' },
  {
    code: 'CML',
    codename: 'Comet Lake',
    marketed: '10th gen',
    generation: 9,
    devices: '9b21 9b41 9ba2 9ba4 9ba5 9ba8 9baa 9bac 9bc2 9bc4 9bc5 9bc6 9bc8 9bca 9bcc 9be6 9bf6',
  },
  {
    code: 'ICL',
    codename: 'Ice Lake',
    marketed: '10th gen G',
    generation: 11,
    devices: '8a50 8a51 8a52 8a53 8a54 8a56 8a57 8a58 8a59 8a5a 8a5b 8a5c 8a5d 8a70 8a71',
  },
  {
    code: 'EHL',
    codename: 'Elkhart Lake',
    marketed: 'J6412',
    generation: 11,
    devices: '4541 4551 4555 4557 4570 4571',
  },
  {
    code: 'JSL',
    codename: 'Jasper Lake',
    marketed: 'N5105, N6005',
    generation: 11,
    devices: '4e51 4e55 4e57 4e61 4e71',
  },
  {
    code: 'TGL',
    codename: 'Tiger Lake',
    marketed: '11th gen mobile',
    generation: 12,
    devices: '9a40 9a49 9a59 9a60 9a68 9a70 9a78 9ac0 9ac9 9ad9 9af8',
  },
  {
    code: 'RKL',
    codename: 'Rocket Lake',
    marketed: '11th gen desktop',
    generation: 12,
    devices: '4c80 4c8a 4c8b 4c8c 4c90 4c9a',
  },
  {
    code: 'ADL-S',
    codename: 'Alder Lake-S',
    marketed: '12th gen desktop',
    generation: 12,
    devices: '4680 4682 4688 468a 468b 4690 4692 4693',
  },
  {
    code: 'ADL-P',
    codename: 'Alder Lake-P/H/U',
    marketed: '12th gen mobile',
    generation: 12,
    devices: '4626 4628 462a 46a0 46a1 46a2 46a3 46a6 46a8 46aa 46b0 46b1 46b2 46b3 46c0 46c1 46c2 46c3',
  },
  {
    code: 'ADL-N',
    codename: 'Alder Lake-N / Twin Lake',
    marketed: 'N95–N305, N150 (46d4)',
    generation: 12,
    devices: '46d0 46d1 46d2 46d3 46d4',
  },
  {
    code: 'RPL-S',
    codename: 'Raptor Lake-S',
    marketed: '13th/14th gen desktop',
    generation: 12,
    devices: 'a780 a781 a782 a783 a788 a789 a78a a78b',
  },
  {
    code: 'RPL-P',
    codename: 'Raptor Lake-P',
    marketed: '13th gen mobile',
    generation: 12,
    devices: 'a720 a7a0 a7a8 a7aa a7ab',
  },
  {
    code: 'RPL-U',
    codename: 'Raptor Lake-U',
    marketed: '13th gen U',
    generation: 12,
    devices: 'a721 a7a1 a7a9 a7ac a7ad',
  },
  {
    code: 'MTL',
    codename: 'Meteor Lake',
    marketed: 'Core Ultra 1xx',
    generation: null,
    devices: '7d40 7d45 7d55 7d60 7dd5',
  },
  {
    code: 'ARL',
    codename: 'Arrow Lake',
    marketed: 'Core Ultra 2xx',
    generation: null,
    devices: '7d41 7d51 7d67 7dd1 b640',
  },
  {
    code: 'LNL',
    codename: 'Lunar Lake',
    marketed: 'Core Ultra 2xxV',
    generation: null,
    devices: '6420 64a0 64b0',
  },
  {
    code: 'PTL',
    codename: 'Panther Lake',
    marketed: 'Core Ultra 3xx',
    generation: null,
    devices: 'b080 b081 b082 b083 b084 b085 b086 b087 b08f b090 b0a0 b0b0',
  },
  { code: 'WCL', codename: 'Wildcat Lake', marketed: '-', generation: null, devices: 'fd80 fd81' },
  {
    code: 'NVL-S',
    codename: 'Nova Lake-S',
    marketed: '-',
    generation: null,
    devices: 'd740 d741 d742 d743 d744 d745',
  },
] as const satisfies readonly Row[];

/** The key of the other tables of this folder. */
export type FamilyCode = (typeof ROWS)[number]['code'];

export interface IgpuFamily extends Row {
  readonly code: FamilyCode;
}

export const IGPU_FAMILIES: readonly IgpuFamily[] = ROWS;

const byDevice = new Map<string, IgpuFamily>(
  IGPU_FAMILIES.flatMap((family) =>
    family.devices.split(' ').map((device) => [`8086:${device}`, family] as const),
  ),
);

/** The family of an Intel display device, by `vendor:device` in lower-case hex; null if it is none that is known. */
export function igpuFamily(id: string): IgpuFamily | null {
  return byDevice.get(id.toLowerCase()) ?? null;
}

export function familyOfCode(code: FamilyCode): IgpuFamily {
  const family = IGPU_FAMILIES.find((each) => each.code === code);
  if (family === undefined) throw new TypeError(`no family ${code}`);
  return family;
}
