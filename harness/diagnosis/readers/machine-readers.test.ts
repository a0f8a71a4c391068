import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer, framed, problem } from '../../guest/answers/fixtures/windows-answer.ts';
import type { PartKind } from '../part.ts';
import { readDeviceStatus } from './device-status.ts';
import { readGuestKernel } from './guest-kernel.ts';
import { readHostFile } from './host-file.ts';
import { readKernelBanner } from './kernel-banner.ts';
import { readLspci } from './lspci.ts';
import { partOf, spelled } from './part.fixture.ts';
import { readProbeAnswer } from './probe-answer.ts';
import { readPveVersions } from './pve-versions.ts';
import type { Reading } from './reading.ts';

const READERS = {
  lspci: readLspci,
  'pve-versions': readPveVersions,
  'host-file': readHostFile,
  'kernel-log': readKernelBanner,
  'guest-kernel-log': readGuestKernel,
  'probe-answer': readProbeAnswer,
  'device-status': readDeviceStatus,
} as const;
type Kind = keyof typeof READERS & PartKind;

function read(kind: Kind, text: string): Reading {
  return READERS[kind](partOf(kind, text));
}

const LSPCI = `00:00.0 Host bridge [0600]: Intel Corporation Device [8086:461c]
00:02.0 VGA compatible controller [0300]: Intel Corporation Alder Lake-N [UHD Graphics] [8086:46d1]
	Subsystem: Intel Corporation Device [8086:7270]
	Kernel driver in use: vfio-pci
	Kernel modules: i915, xe
00:02.1 VGA compatible controller [0300]: Intel Corporation Alder Lake-N [UHD Graphics] [8086:46d1]
	Kernel driver in use: i915
01:00.0 VGA compatible controller [0300]: NVIDIA Corporation TU117 [10de:1f82] (rev a1)`;

describe('lspci', () => {
  test('tells the iGPU, who holds it, its virtual functions and other graphics', () => {
    expect(spelled(read('lspci', LSPCI))).toEqual([
      'address=0000:00:02.0',
      'device=8086:46d1',
      'deviceClass=0300',
      'hostDriver=vfio-pci',
      'otherGpu=NVIDIA Corporation TU117 [10de:1f82] (rev a1)',
      'vfs=1',
    ]);
  });

  test('without numbers the class is told by its name', () => {
    expect(
      spelled(read('lspci', '0000:00:02.0 Display controller: Intel Corporation UHD Graphics 770')),
    ).toEqual(['address=0000:00:02.0', 'codename=Intel Corporation UHD Graphics 770', 'deviceClass=0380']);
  });
});

test('pveversion tells Proxmox, the running kernel and QEMU', () => {
  const text = `proxmox-ve: 8.2.0 (running kernel: 6.8.12-4-pve)
pve-manager: 8.2.7 (running version: 8.2.7/3e0176e6bb2ade3b)
pve-qemu-kvm: 9.0.2-4`;
  expect(spelled(read('pve-versions', text))).toEqual([
    'hypervisor=proxmox',
    'kernel=6.8.12-4-pve',
    'pveVersion=8.2.7',
    'qemuVersion=9.0.2',
  ]);
});

test('host files give the command line and the options of modules, not comments', () => {
  const text = `# GRUB_CMDLINE_LINUX_DEFAULT="quiet splash"
GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=on iommu=pt"
options vfio-pci ids=8086:46d1 disable_vga=1
blacklist i915`;
  expect(spelled(read('host-file', text))).toEqual([
    'kernelCommandLine=quiet intel_iommu=on iommu=pt',
    'moduleOptions=blacklist i915',
    'moduleOptions=options vfio-pci ids=8086:46d1 disable_vga=1',
  ]);
});

test.each([
  ['as collected', '/sys/class/iommu/dmar0/intel-iommu/cap:1c0000c40660462', 39],
  ['as cat prints it', 'd2008c40660462', 39],
  ['of a server', '0x8d2078c106f0466', 48],
])('the capability register of an IOMMU tells its width, %s', (_, line, bits) => {
  expect(spelled(read('host-file', line))).toEqual([`iommuWidth=${bits}`]);
});

test.each([
  '/sys/class/iommu/dmar0/intel-iommu/ecap:f050da',
  '/sys/class/iommu/dmar0/intel-iommu/ecap:29a00f0505e',
  '/sys/class/iommu/dmar0/intel-iommu/address:fed90000',
  'c0ffee',
])('%s tells no width', (line) => {
  expect(spelled(read('host-file', line))).toEqual([]);
});

test('the host’s kernel log tells the machine', () => {
  const text = `[    0.000000] Linux version 6.8.12-4-pve (build@proxmox) (gcc 12.2.0)
[    0.000000] Command line: BOOT_IMAGE=/boot/vmlinuz root=/dev/mapper/pve-root ro quiet intel_iommu=on
[    0.090000] smpboot: CPU0: Intel(R) N100 (family: 0x6, model: 0xbe, stepping: 0x0)
[    0.100000] DMAR: Host address width 39
[    0.300000] pci 0000:00:02.0: [8086:46d1] type 00 class 0x030000
[    0.310000] pci 0000:01:00.0: [10de:1f82] type 00 class 0x030000 PCIe Legacy Endpoint
[    0.400000] pci 0000:00:02.0: vgaarb: setting as boot VGA device
[    9.000000] i915 0000:00:02.0: Enabled 7 VFs`;
  expect(spelled(read('kernel-log', text))).toEqual([
    'address=0000:00:02.0',
    'cpu=Intel(R) N100',
    'device=8086:46d1',
    'deviceClass=030000',
    'hostPrimary=igpu',
    'hypervisor=proxmox',
    'iommuWidth=39',
    'kernel=6.8.12-4-pve',
    'kernelCommandLine=BOOT_IMAGE=/boot/vmlinuz root=/dev/mapper/pve-root ro quiet intel_iommu=on',
    'otherGpu=10de:1f82',
    'vfs=7',
  ]);
});

test('the guest’s kernel log tells its kernel and its driver', () => {
  const text = `[    0.000000] Linux version 6.1.0-18-cloud-amd64 (debian-kernel@lists.debian.org)
[    3.000000] [drm] Initialized i915 1.6.0 20201103 for 0000:00:02.0 on minor 0
[    3.000000] i915 0000:00:10.0: probe with driver i915 failed with error -5`;
  expect(spelled(read('guest-kernel-log', text))).toEqual([
    'guestDriver=i915',
    'guestKernel=6.1.0-18-cloud-amd64',
    'guestOs=linux',
    'guestSight=bound',
    'symptom=no-render-node',
  ]);
});

describe('lspci of a guest', () => {
  const head = (at: string) =>
    `${at} VGA compatible controller [0300]: Intel Corporation UHD Graphics [8086:46d1]`;

  test.each(['00:10.0', '01:00.0', '06:10.0'])(
    'at %s names no place on the host, but who drives it',
    (at) => {
      const bound = `${head(at)}\n\tKernel driver in use: i915\n\tKernel modules: i915`;
      expect(spelled(read('lspci', bound))).toEqual(['device=8086:46d1', 'guestSight=bound']);
      const bare = `${head(at)}\n\tSubsystem: ASRock\n\tKernel modules: i915, xe`;
      expect(spelled(read('lspci', bare))).toEqual(['device=8086:46d1', 'guestSight=unbound']);
      expect(spelled(read('lspci', head(at)))).toEqual(['device=8086:46d1']);
    },
  );

  test('is one also at 00:02.0, where an emulated card stands beside it', () => {
    const text = `00:01.0 VGA compatible controller [0300]: Device [1234:1111] (rev 02)\n${head('00:02.0')}`;
    expect(spelled(read('lspci', text))).toEqual(['device=8086:46d1']);
  });

  test('without ids knows integrated graphics by their names', () => {
    const named =
      '05:00.0 VGA compatible controller: Intel Corporation Meteor Lake-P [Intel Arc Graphics] (rev 08)';
    expect(spelled(read('lspci', named))).toEqual([]);
    const card = '05:00.0 VGA compatible controller: Intel Corporation DG2 [Arc A380] (rev 05)';
    expect(spelled(read('lspci', card))).toEqual([expect.stringMatching(/^otherGpu=/)]);
  });
});

test.each([
  ['framed', framed(answer({ gpu: [problem(43)] }))],
  ['bare', JSON.stringify(answer({ gpu: [problem(43)] }), null, 2)],
])('a %s answer of the probe tells the device', (_form, text) => {
  expect(spelled(read('probe-answer', text))).toEqual([
    'device=8086:46d1',
    'guestDriver=32.0.101.6651',
    'guestOs=windows',
    'guestOsText=Windows 24H2 26100.3476',
    'guestUptime=120',
    'outcome=fails',
    'problemCode=43',
    'symptom=code-43',
  ]);
});

describe('a probe whose driver runs the device', () => {
  const after = (up: number | null, changes = {}) => {
    const plain = answer(changes);
    return spelled(read('probe-answer', framed({ ...plain, os: { ...(plain['os'] as object), up } })));
  };

  test.each([180, 6000, null])('%s seconds after the start says that it works', (up) => {
    expect(after(up)).toContain('outcome=works');
  });

  test.each([0, 45, 179])('%s seconds after the start says nothing yet but that', (up) => {
    expect(after(up)).toContain(`guestUptime=${up}`);
    expect(after(up)).not.toContain('outcome=works');
  });

  test('in a guest that is still being set up says that', () => {
    const facts = after(6000, {
      setup: { image: 'IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE', inSetup: 1, oobe: 1, busy: [] },
    });
    expect(facts.find((fact) => fact.startsWith('guestBusy='))).toMatch(/set-up/);
    expect(facts).not.toContain('outcome=works');
  });
});

test('a broken answer of the probe is not understood', () => {
  expect(read('probe-answer', '@@IGPU1 10\n{"schema":').notUnderstood).toHaveLength(1);
});

describe('device status', () => {
  test.each([
    ['English', 'Problem Code:               43 (0x2B) [CM_PROB_FAILED_POST_START]'],
    ['German', 'Problemcode:                43 (0x2B) [CM_PROB_FAILED_POST_START]'],
    ['Chinese', '问题代码:                   43 (0x2B) [CM_PROB_FAILED_POST_START]'],
    ['a sentence', 'Windows has stopped this device because it has reported problems. (Code 43)'],
    ['a Chinese sentence', '由于该设备有问题，Windows 已将其停止。 (代码 43)'],
    ['CIM', 'ConfigManagerErrorCode : 43'],
  ])('tells code 43 in %s', (_language, line) => {
    expect(spelled(read('device-status', line))).toEqual([
      'guestOs=windows',
      'outcome=fails',
      'problemCode=43',
      'symptom=code-43',
    ]);
  });

  test('of several devices the Intel display device counts', () => {
    const text = String.raw`Instance ID:                PCI\VEN_1AF4&DEV_1041&SUBSYS_11001AF4
Problem Code:               28 (0x1C) [CM_PROB_FAILED_INSTALL]

Instance ID:                PCI\VEN_8086&DEV_46D1&SUBSYS_72708086
Status:                     Started
Driver Version:             32.0.101.6078`;
    expect(spelled(read('device-status', text))).toEqual([
      'device=8086:46d1',
      'guestDriver=32.0.101.6078',
      'guestOs=windows',
      'problemCode=0',
    ]);
  });

  test('a table has a device a line', () => {
    const text = String.raw`Status  Class    FriendlyName              InstanceId
OK      Display  Microsoft Hyper-V Video   PCI\VEN_1414&DEV_5353
Error   Display  Intel(R) UHD Graphics     PCI\VEN_8086&DEV_46D1&SUBSYS_0  CM_PROB_FAILED_START`;
    expect(spelled(read('device-status', text))).toEqual([
      'device=8086:46d1',
      'guestOs=windows',
      'outcome=fails',
      'problemCode=10',
      'symptom=problem-code',
    ]);
  });
});

test.each(Object.keys(READERS) as Kind[])('no text makes the reader of %s throw', (kind) => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.anything().map((value) => framed({ schema: 1, nonce: 'x', gpu: value, os: value })),
  );
  fc.assert(
    fc.property(odd, (text) => {
      read(kind, text);
    }),
  );
});
