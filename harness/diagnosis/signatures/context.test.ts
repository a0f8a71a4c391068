import { describe, expect, test } from 'vitest';
import { caseOf, deviceOf, vmOf } from '../fixtures/case.ts';
import { fails, legacyMode, passedAddresses, romGiven, works } from './context.ts';

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

describe('legacy mode', () => {
  const at2 = deviceOf({ guest: { bus: 'pci.0', slot: 2, function: 0 } });

  test.each([
    ['i440fx', at2, 'yes'],
    ['i440fx', deviceOf({ guest: { bus: 'pci.0', slot: 16, function: 0 } }), 'no'],
    ['i440fx', deviceOf(), 'unknown'],
    ['i440fx', deviceOf({ legacyIgd: true }), 'yes'],
    ['i440fx', { ...at2, properties: new Map([['x-igd-legacy-mode', 'off']]) }, 'no'],
    ['q35', at2, 'no'],
  ] as const)('on %s', (type, device, answer) => {
    expect(legacyMode(caseOf({ vms: [vmOf({ machine: { type, version: null }, devices: [device] })] }))).toBe(
      answer,
    );
  });

  test('is what QEMU says it is', () => {
    expect(
      legacyMode(caseOf({ lines: ['kvm: info: IGD legacy mode enabled, use x-igd-legacy-mode=off'] })),
    ).toBe('yes');
  });
});

test('something fails by a symptom, a code or a statement, and not where it works now', () => {
  expect(fails(caseOf({ facts: { symptom: 'code-43' } }))).toBe(true);
  expect(fails(caseOf({ facts: { problemCode: 43 } }))).toBe(true);
  expect(fails(caseOf({ facts: { problemCode: 0 } }))).toBe(false);
  expect(fails(caseOf({ facts: { outcome: 'works', symptom: 'code-43' } }))).toBe(false);
  expect(fails(caseOf({}))).toBe(false);
  expect(works(caseOf({ facts: { outcome: 'works' } }))).toBe(true);
});

test('passed devices are those of the configs and of the facts, in one form', () => {
  const of = caseOf({
    facts: { address: '00:02.0' },
    vms: [vmOf({ devices: [deviceOf(), deviceOf({ host: '0000:00:1f.3' })] })],
  });
  expect(passedAddresses(of)).toEqual(['0000:00:02.0', '0000:00:1f.3']);
});
