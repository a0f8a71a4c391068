import { describe, expect, test } from 'vitest';
import { caseOf, deviceOf, vmOf } from '../fixtures/case.ts';
import { modeOf, passedAddresses, passedIgpu, romGiven } from './passed.ts';

describe('whether a ROM is given', () => {
  test('a config counts more than what is said', () => {
    const without = vmOf({ devices: [deviceOf()] });
    expect(romGiven(caseOf({ vms: [without], facts: { romGiven: true } }))).toBe('no');
    expect(romGiven(caseOf({ vms: [vmOf({ devices: [deviceOf({ romfile: 'a.rom' })] })] }))).toBe('yes');
  });

  test('the ROM of another card is not the iGPU’s', () => {
    const nvidia = vmOf({ devices: [deviceOf({ host: '0000:01:00.0', romfile: 'gpu.rom' })] });
    expect(romGiven(caseOf({ vms: [nvidia] }))).toBe('unknown');
  });

  test('is unknown where nobody says', () => {
    expect(romGiven(caseOf({}))).toBe('unknown');
    expect(romGiven(caseOf({ facts: { romGiven: false } }))).toBe('no');
    expect(romGiven(caseOf({ facts: { romGiven: true } }))).toBe('yes');
  });
});

test('passed devices are those of the configs and of the facts, in one form', () => {
  const of = caseOf({
    facts: { address: '00:02.0' },
    vms: [vmOf({ devices: [deviceOf(), deviceOf({ host: '0000:00:1f.3' })] })],
  });
  expect(passedAddresses(of)).toEqual(['0000:00:02.0', '0000:00:1f.3']);
});

describe('the iGPU that is passed', () => {
  const vf = deviceOf({ name: 'hostpci1', host: '0000:00:02.3' });

  test.each([
    ['by its place', deviceOf(), 'whole'],
    ['as a whole slot', deviceOf({ host: '0000:00:02' }), 'whole'],
    ['as a virtual function', vf, 'vf'],
    ['as a mediated device', deviceOf({ host: null, mdev: 'i915-GVTg_V5_4' }), 'mdev'],
    ['as a part of a device with an address', deviceOf({ mdev: 'i915-GVTg_V5_4' }), 'mdev'],
    ['by a mapping, of which nothing is known', deviceOf({ host: null, mapping: 'igpu' }), null],
  ] as const)('%s', (_, device, mode) => {
    const of = caseOf({ vms: [vmOf({ devices: [deviceOf({ host: '0000:01:00.0' }), device] })] });
    expect(passedIgpu(of)).toBe(device);
    expect(modeOf(of)).toBe(mode);
  });

  test('is no other card, whatever it is given', () => {
    const card = deviceOf({ host: '0000:01:00.0', romfile: 'card.rom', xVga: true });
    const of = caseOf({ vms: [vmOf({ devices: [card] })], facts: { mode: 'vf' } });
    expect(passedIgpu(of)).toBeNull();
    expect(modeOf(of)).toBe('vf');
  });

  test('is the one that is named, of several', () => {
    const vms = [vmOf({ devices: [deviceOf()] }), vmOf({ devices: [vf] })];
    expect(passedIgpu(caseOf({ vms, facts: { address: '0000:00:02.3' } }))).toBe(vf);
  });
});
