import { describe, expect, it, test } from 'vitest';
import { causes, diagnosed } from '../fixtures/diagnosed.ts';
import { deviceOf } from '../fixtures/case.ts';
import { found } from '../fixtures/found.ts';
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

  it('is no matter of the driver where a virtual function was given', () => {
    expect(
      found(hostTold, {
        facts: { mode: 'vf', symptom: 'host-freezes', hostDriver: 'i915', outcome: 'fails' },
      }),
    ).toEqual([]);
  });
});

describe('a device that the host loses', () => {
  const facts = { symptom: 'device-lost' } as const;

  it('went with the passed one', () => {
    expect(found(hostTold, { facts })).toEqual(['host.collateral-device cause likely']);
  });

  it('went for another reason where only a virtual function is passed', () => {
    expect(found(hostTold, { facts: { ...facts, mode: 'vf' } })).toEqual([
      'host.collateral-device contributing likely',
    ]);
  });

  it('is shown by its driver’s lines', () => {
    const vms = [{ devices: [deviceOf(), deviceOf({ name: 'hostpci1', host: '0000:00:1f.3' })] }];
    const lines = ['[  99.100000] e1000e 0000:00:1f.6 eno2: removed PHC'];
    expect(found(hostTold, { facts, vms, lines })).toEqual(['host.collateral-device cause certain']);
    expect(found(hostTold, { lines })).toEqual([]);
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
  });

  it.each([
    'UHD 630, gvt-d\nstarting the VM: FLR waiting, the entire system locks up\nwithout FLR: code 43\nGVT-g works here',
    'whole iGPU, the host freezes when the VM starts\ndmesg ends with: waiting for FLR',
  ])('is found in plain words: %s', (text) => {
    expect(first(text)).toBe('host.reset-failed');
  });
});

describe('class 0380', () => {
  const facts = { deviceClass: '0380', symptom: 'no-picture' } as const;

  it('is part of the trouble before QEMU 10.1', () => {
    expect(found(hostTold, { facts: { ...facts, qemuVersion: '9.2.0' } })).toEqual([
      'host.class-not-vga contributing likely',
    ]);
    expect(found(hostTold, { facts })).toEqual(['host.class-not-vga contributing possible']);
    expect(found(hostTold, { facts: { ...facts, qemuVersion: '10.1.0' } })).toEqual([]);
    expect(found(hostTold, { facts: { ...facts, deviceClass: '0300' } })).toEqual([]);
    expect(found(hostTold, { facts: { deviceClass: '0380', outcome: 'works' } })).toEqual([]);
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
