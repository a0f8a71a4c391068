import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Part } from '../part.ts';
import { readFacts } from './facts.ts';

function part(text: string): Part {
  const lines = text.split('\n').map((line, at) => ({ n: at + 1, text: line }));
  return { kind: 'facts', input: 'facts.txt', from: 1, to: lines.length, lines, bytes: null };
}

/** `key=value` of every fact, sorted. */
function facts(text: string): readonly string[] {
  return readFacts(part(text))
    .facts.map(({ key, value }) => `${key}=${String(value)}`)
    .toSorted();
}

test.each([
  ['CPU: N100', ['cpu=N100']],
  ['- **Processor**: Intel(R) Core(TM) i5-8500T CPU @ 2.10GHz', ['cpu=Intel(R) Core(TM) i5-8500T']],
  ['PVE 9.0', ['hypervisor=proxmox', 'pveVersion=9.0']],
  ['Proxmox version: 8.2.4', ['hypervisor=proxmox', 'pveVersion=8.2.4']],
  ['qemu: 10.0.2', ['qemuVersion=10.0.2']],
  ['pve-qemu-kvm: 9.2.0-5', ['qemuVersion=9.2.0']],
  ['kernel: 6.8.12-4-pve', ['kernel=6.8.12-4-pve']],
  ['Guest kernel: 6.1.0-18-cloud-amd64', ['guestKernel=6.1.0-18-cloud-amd64']],
  ['mode: whole iGPU (GVT-d)', ['mode=whole']],
  ['passthrough type: SR-IOV, VF 1 of 7', ['mode=vf', 'vfs=7']],
  ['mode: GVT-g, i915-GVTg_V5_4', ['mode=mdev']],
  ['mode: whole device, not SR-IOV', ['mode=whole']],
  ['rom file: no romfile set', ['romGiven=false']],
  ['romfile: none', ['romGiven=false']],
  ['rom: yes, ADL-N_TWL_GOPv21_igd.rom', ['romGiven=true', 'romName=ADL-N_TWL_GOPv21_igd.rom']],
  ['guest os: Windows 11 24H2', ['guestOs=windows', 'guestOsText=Windows 11 24H2']],
  ['driver: 32.0.101.6078', ['guestDriver=32.0.101.6078']],
  ['BIOS: OVMF', ['firmware=ovmf']],
  ['BIOS: VT-d off, above 4G on', ['biosSetting=above-4g=on', 'biosSetting=vt-d=off']],
  ['primary display: PEG', ['hostPrimary=other']],
  ['other GPU: none', []],
  ['Hypervisor: Unraid 7.0', ['hypervisor=unraid']],
  ['GPU: Intel UHD Graphics 730 [8086:4692]', ['device=8086:4692']],
  ['Windows 11 guest with VF3, cpu: host,kvm=off', ['guestOs=windows', 'guestOsText=Windows 11', 'mode=vf']],
  ['OVMF & ROM file for the iGPU', ['firmware=ovmf', 'romGiven=true']],
  ['pas de romfile', ['romGiven=false']],
  ['tried with a romfile and without a romfile, q35, i440fx', []],
  ['works now, the romfile was missing', ['outcome=works']],
  ['Host GPU: Raptor Lake, whole device to the VM', ['mode=whole']],
  [
    'the entire 00:02.0 goes to my HAOS VM',
    ['address=0000:00:02.0', 'guestOs=linux', 'guestOsText=HAOS', 'mode=whole'],
  ],
  ['goal: SR-IOV VFs', ['mode=vf']],
  ['host sees VFs 02.1-02.4', ['mode=vf']],
  ['win11 driver: 32.0.101.5972', ['guestDriver=32.0.101.5972', 'guestOs=windows']],
  [
    'Windows Server 2022: Code 43',
    [
      'guestOs=windows',
      'guestOsText=Windows Server 2022',
      'outcome=fails',
      'problemCode=43',
      'symptom=code-43',
    ],
  ],
  [
    'macOS VM: Proxmox logo, then no signal',
    ['guestOs=macos', 'guestOsText=macOS', 'hypervisor=proxmox', 'outcome=fails', 'symptom=no-picture'],
  ],
  [
    'Windows 10 hangs before login',
    ['guestOs=windows', 'guestOsText=Windows 10', 'outcome=fails', 'symptom=vm-freezes'],
  ],
  ['Host: 6.1.40-rt12 PREEMPT_RT', ['kernel=6.1.40-rt12']],
  ['12th gen Intel', ['cpu=12th gen Intel']],
  ['host: endless IOMMU fault storm while the VM runs', ['symptom=dma-faults']],
  ['VM: TrueNAS', ['guestOs=linux', 'guestOsText=TrueNAS']],
  ['problem: HDMI picture is fine, but no sound', ['outcome=works', 'symptom=no-audio']],
  ['Core i3, no iGPU, passing a Quadro', ['device=10de:']],
  ['problem code is 0', ['problemCode=0']],
  ['everything fine except: no sound', ['outcome=works', 'symptom=no-audio']],
  ['-bash: echo: write error: Invalid argument', []],
  ['host log: GT0: GUC: reset failed', []],
  ['works fine, HDMI ok', ['outcome=works']],
  ['HDMI: black', ['outcome=fails', 'symptom=no-picture']],
])('reads %j', (line, expected) => {
  expect(facts(line)).toEqual(expected);
  expect(readFacts(part(line)).notUnderstood).toEqual([]);
});

test.each([
  // Of two guests the one that fails is the one in question.
  [
    'Fedora VM with a VF works\nWindows 11 VM: Code 43',
    [
      'guestOs=windows',
      'guestOsText=Windows 11',
      'mode=vf',
      'outcome=fails',
      'problemCode=43',
      'symptom=code-43',
    ],
  ],
  // A program that only looks gives way to one that uses the device.
  ['transcoding works\nvainfo fails', ['guestSight=media-failed', 'outcome=works']],
  ['vainfo fails', ['guestSight=media-failed']],
  // Success on a condition, at a stage or at a first start gives way, too.
  ['if I reload the driver it works\nblack screen', ['outcome=fails', 'symptom=no-picture']],
  [
    'installing Windows 10: picture fine\nthen Code 43',
    ['guestOs=windows', 'guestOsText=Windows 10', 'outcome=fails', 'problemCode=43', 'symptom=code-43'],
  ],
  ['first VM start: GPU works\nCode 43', ['outcome=fails', 'problemCode=43', 'symptom=code-43']],
])('of several lines %j counts what is in question', (text, expected) => {
  expect(facts(text)).toEqual(expected);
});

test('a line that says nothing known is handed back', () => {
  expect(readFacts(part('CPU: N100\nxyzzy frobnicates')).notUnderstood).toEqual([
    { input: 'facts.txt', line: 2, text: 'xyzzy frobnicates' },
  ]);
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      readFacts(part(text));
    }),
  );
});

describe('lines together', () => {
  const LINES = [
    'CPU: i5-12600K',
    'Proxmox 8.4.1, kernel 6.8.12-11-pve',
    'mode: VF 1 of 7',
    'Guest: Windows 11 23H2, driver 32.0.101.6078',
    'Ubuntu VM: /dev/dri is there, works',
    'Device Manager: Code 43',
  ];

  test('their order does not matter', () => {
    const expected = facts(LINES.join('\n'));
    fc.assert(
      fc.property(fc.shuffledSubarray(LINES, { minLength: LINES.length }), (lines) => {
        expect(facts(lines.join('\n'))).toEqual(expected);
      }),
    );
  });

  test('bullets, bold, case and trailing punctuation do not matter', () => {
    const expected = facts(LINES.join('\n')).map((fact) => fact.toLowerCase());
    fc.assert(
      fc.property(
        fc.constantFrom('', '- ', '* ', '> ', '1. '),
        fc.constantFrom('', '.', ' ', ','),
        fc.boolean(),
        (start, end, upper) => {
          const text = LINES.map((line) => `${start}${upper ? line.toUpperCase() : line}${end}`).join('\n');
          expect(facts(text).map((fact) => fact.toLowerCase())).toEqual(expected);
        },
      ),
    );
  });

  test('success on another guest is no success of this one', () => {
    expect(facts(LINES.join('\n'))).not.toContain('outcome=works');
  });

  test('a distribution beside libvirt is the host’s', () => {
    expect(facts('OS: Arch Linux\nlibvirt\nGuest: Windows 10')).toEqual([
      'guestOs=windows',
      'guestOsText=Windows 10',
      'hypervisor=libvirt',
    ]);
  });
});

test.each([
  ['kernel: 6.8.12-4-pve (was fine on 6.5.13-1-pve)', ['kernel=6.8.12-4-pve']],
  [
    'host kernel 6.12.33+deb13-amd64, guest kernel 6.1.0-18-amd64',
    ['guestKernel=6.1.0-18-amd64', 'kernel=6.12.33+deb13-amd64'],
  ],
  ['upgraded from PVE 8.4 to PVE 9.0', ['hypervisor=proxmox', 'pveVersion=9.0']],
  ['should I go back to kernel 6.5?', []],
])('of versions in %j only the present ones count', (line, expected) => {
  expect(facts(line)).toEqual(expected);
});

test.each([
  'Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff',
  '[    0.067203] DMAR: IOMMU enabled',
])('a line of a log says nothing here: %j', (line) => {
  expect(readFacts(part(line))).toEqual({ facts: [], notUnderstood: [] });
});
