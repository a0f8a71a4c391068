import { describe, expect, it, test } from 'vitest';
import { causes, diagnosed } from '../fixtures/diagnosed.ts';
import { caseOf, type CaseSketch, deviceOf, quoteOf } from '../fixtures/case.ts';
import { claimOf, found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { worded } from '../fixtures/worded.ts';
import { hostTold } from './host-told.ts';
import { igdLeftOut } from './igd-left-out.ts';

const first = (text: string) => diagnosed({ 'said.txt': text }).findings[0]?.id;

describe('a host that goes down as the VM starts', () => {
  it.each([
    'UHD 770, KDE desktop on the host, driver i915\nthe desktop session is running on the same GPU\nstarting the domain takes the whole machine down',
    'whole iGPU to a Windows VM, the device belongs to i915\nthe host crashes when the VM starts',
  ])('lost the device that its own driver used: %s', (text) => {
    expect(first(text)).toBe('host.driver-bound');
  });

  it('crashes for reasons unknown where nobody uses the device', () => {
    expect(first('whole iGPU to a Windows VM\nthe host freezes when the VM starts')).toBe('host.crash');
  });

  const CRASH = ['symptom', 'host-freezes', 'the host hangs when the VM starts'] as const;
  const facts = { hostDriver: 'i915' } as const;

  it.each([
    'it hangs at start',
    'dead on boot',
    'launching the guest kills the host',
    'power on the VM: dead',
    'powered on the VM: dead',
    'whoever powers on the VM: dead',
    'the domain comes up, the host goes down',
    'qm set and then nothing',
    'virsh, then nothing',
    'after the detach nothing',
    'Unbind it: dead',
    'as soon as it runs: dead',
    'when the VM runs: dead',
    '虚拟机启动后主机死机',
    '开机后主机死机',
  ])('goes down with its device: %s', (words) => {
    const of = worded({ facts }, ['symptom', 'host-freezes', words]);
    expect(hostTold.conclude(of).map(({ id }) => id)).toEqual(['host.driver-bound']);
  });

  it('does not where it goes down at another time', () => {
    const words = 'the host hangs every night, restarting helps';
    expect(hostTold.conclude(worded({ facts }, ['symptom', 'host-freezes', words]))).toEqual([]);
  });

  it.each<readonly [CaseSketch, number]>([
    [{ facts: { hostDriver: 'i915' } }, 1],
    [{ facts: { hostDriver: 'xe' } }, 1],
    [{ facts: { sign: 'host-desktop' } }, 1],
    [{ facts: { hostDriver: 'i915', mode: 'whole' } }, 1],
    [{}, 0],
    [{ facts: { hostDriver: 'vfio-pci' } }, 0],
    [{ facts: { hostDriver: 'i915', mode: 'vf' } }, 0],
    [{ facts: { hostDriver: 'i915', mode: 'mdev' } }, 0],
  ])('lost a device that somebody used, and all of it: %j', (sketch, times) => {
    expect(hostTold.conclude(worded(sketch, CRASH))).toHaveLength(times);
  });

  it('is told with who used the device, and explains the crash', () => {
    const of = worded({ facts: { hostDriver: ['i915', 'vfio-pci'], sign: 'host-desktop' } }, CRASH);
    expect(whole(hostTold, of)).toEqual([
      'host.driver-bound cause likely: The VM takes the iGPU from the host’s own driver, and the host goes down with it',
      '< sign: host-desktop',
      '< hostDriver: i915',
      '< the host hangs when the VM starts',
      'steps host host',
      'explains host.crash host.device-busy host.kernel-regression',
    ]);
  });
});

describe('a device that the host loses', () => {
  const facts = { symptom: 'device-lost' } as const;
  const VF = deviceOf({ host: '0000:00:02.1' });
  const SOUND = deviceOf({
    name: 'hostpci1',
    host: '0000:00:1f.3',
    quote: quoteOf('100.conf', 2, 'hostpci1: 0000:00:1f.3'),
  });

  it('went with the passed one', () => {
    expect(found(hostTold, { facts })).toEqual(['host.collateral-device cause likely']);
  });

  it('went for another reason where only a virtual function is passed', () => {
    expect(found(hostTold, { facts: { ...facts, mode: 'vf' } })).toEqual([
      'host.collateral-device contributing likely',
    ]);
  });

  it('is shown by its driver’s lines', () => {
    const vms = [{ devices: [deviceOf(), SOUND] }];
    const lines = ['[  99.100000] e1000e 0000:00:1f.6 eno2: removed PHC'];
    expect(found(hostTold, { facts, vms, lines })).toEqual(['host.collateral-device cause certain']);
    expect(found(hostTold, { lines })).toEqual([]);
    expect(whole(hostTold, caseOf({ facts, vms, lines }))).toEqual([
      'host.collateral-device cause certain: With the passed device the host loses another one that it needs',
      '< symptom: device-lost',
      `< ${lines.join('')}`,
      '< hostpci1: 0000:00:1f.3',
      'steps host vm',
      'answers device-lost',
      'explains host.crash',
    ]);
  });

  it.each<readonly [CaseSketch, string, number]>([
    [{}, 'contributing likely', 0],
    [{ lines: ['e1000e 0000:00:1f.6 eno2: removed PHC'] }, 'cause certain', 1],
    [{ vms: [{ devices: [VF, SOUND] }] }, 'cause likely', 0],
    [{ vms: [{ devices: [VF] }] }, 'contributing likely', 0],
  ])(
    'went for another reason beside a virtual function, unless more is passed: %j',
    (sketch, how, answers) => {
      const given = { ...sketch, facts: { ...facts, mode: 'vf' } } as const;
      expect(found(hostTold, given)).toEqual([`host.collateral-device ${how}`]);
      expect(claimOf(hostTold, 'host.collateral-device', given).answers).toHaveLength(answers);
    },
  );

  it('is none where all works', () => {
    expect(found(hostTold, { facts: { sign: 'reset-stuck', outcome: 'works' } })).toEqual([]);
  });
});

describe('a reset that does not end', () => {
  it('is the cause where host or VM hang with it', () => {
    expect(found(hostTold, { facts: { sign: 'reset-stuck', symptom: 'host-freezes' } })).toEqual([
      'host.reset-failed cause likely',
    ]);
    expect(found(hostTold, { facts: { sign: 'reset-stuck', symptom: 'no-audio' } })).toEqual([
      'host.reset-failed contributing likely',
    ]);
    expect(found(hostTold, { facts: { sign: 'reset-stuck', outcome: 'works' } })).toEqual([]);
    expect(found(hostTold, { facts: { symptom: 'host-freezes' } })).toEqual([]);
  });

  it.each(['vm-does-not-start', 'vm-freezes'] as const)('is the cause of %s', (symptom) => {
    expect(found(hostTold, { facts: { sign: 'reset-stuck', symptom } })).toEqual([
      'host.reset-failed cause likely',
    ]);
  });

  it('is told with what hangs, and explains what the guest makes of it', () => {
    const of = caseOf({ facts: { sign: 'reset-stuck', symptom: ['code-43', 'host-freezes'] } });
    expect(whole(hostTold, of)).toEqual([
      'host.reset-failed cause likely: The iGPU does not come back from its reset when the VM takes it',
      '< sign: reset-stuck',
      '< symptom: host-freezes',
      'steps bios host',
      'explains host.crash guest.code43 rom.missing',
    ]);
  });

  it.each([
    'UHD 630, gvt-d\nstarting the VM: FLR waiting, the entire system locks up\nwithout FLR: code 43\nGVT-g works here',
    'whole iGPU, the host freezes when the VM starts\ndmesg ends with: waiting for FLR',
  ])('is found in plain words: %s', (text) => {
    expect(first(text)).toBe('host.reset-failed');
  });
});

describe('QEMU 5.0', () => {
  it('has no code for Intel graphics', () => {
    const facts = { qemuVersion: '5.0.0', mode: 'whole', symptom: 'no-picture' } as const;
    expect(found(igdLeftOut, { facts })).toEqual(['qemu.regression cause likely']);
    expect(found(igdLeftOut, { facts: { ...facts, qemuVersion: '5.1.0' } })).toEqual([]);
    expect(found(igdLeftOut, { facts: { ...facts, mode: 'vf' } })).toEqual([]);
    expect(found(igdLeftOut, { facts: { qemuVersion: '5.0.0', outcome: 'works' } })).toEqual([]);
  });
});

test.each([
  'i5-12600, 7 VFs, guest Windows 11\nVF works fine in Windows\nSR-IOV module: dkms status installed',
  'N305, whole iGPU passed through to Windows 11, All Functions ticked, works fine',
  'i7-9700, SR-IOV is not supported here, so the whole iGPU goes to the VM\nit works perfectly',
  'UHD 630 to Windows 10, ballooning on, memory 8 GB, everything works',
  'whole iGPU, GNOME on the host was running before, works now',
  'Xeon E-2278G, class [0380] because of the BMC, QEMU 9.2, guest Debian: works fine',
])('a system that works has no cause: %s', (text) => {
  expect(causes(diagnosed({ 'said.txt': text }))).toEqual([]);
});
