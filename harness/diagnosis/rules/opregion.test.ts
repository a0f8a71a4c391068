import { describe, expect, it, test } from 'vitest';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { opregion } from './opregion.ts';

const NONE = 'kvm: vfio 0000:00:02.0: Device does not supports IGD OpRegion feature: No such device';
const LINES = [
  NONE,
  'kvm: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device',
  'kvm: IGD device 0000:00:02.0 does not support OpRegion access,legacy mode disabled',
  'vfio-pci 0000:00:02.0: Failed to setup Intel IGD regions',
];

describe.each(LINES)('%j', (line) => {
  it('says that the host has no OpRegion to give', () => {
    expect(found(opregion, { lines: [line] })).toEqual(['opregion.missing cause certain']);
    expect(advice(claimOf(opregion, 'opregion.missing', { lines: [line] }))).toContain('Primary display');
  });

  it('is no reason of a system that works', () => {
    expect(found(opregion, { facts: { outcome: 'works' }, lines: [line] })).toEqual([
      'opregion.missing info certain',
    ]);
  });
});

describe('with another card in the host', () => {
  it('the iGPU is probably not primary, and that is shown', () => {
    const sketch = { facts: { otherGpu: 'GTX 1050' }, lines: [NONE] } as const;
    expect(found(opregion, sketch)).toEqual([
      'opregion.missing cause certain',
      'host.not-primary contributing likely',
    ]);
    expect(claimOf(opregion, 'opregion.missing', sketch).evidence.map(({ text }) => text)).toEqual([
      NONE,
      'otherGpu: GTX 1050',
    ]);
  });

  it('the iGPU may be primary all the same', () => {
    expect(found(opregion, { facts: { otherGpu: 'GTX 1050', hostPrimary: 'igpu' }, lines: [NONE] })).toEqual([
      'opregion.missing cause certain',
    ]);
  });
});

it('a virtual function has none, and its trouble is another one', () => {
  expect(found(opregion, { facts: { mode: 'vf' }, lines: [NONE] })).toEqual([
    'opregion.missing contributing certain',
  ]);
});

it.each([
  ['nothing says it', { facts: { otherGpu: 'GTX 1050', hostPrimary: 'other', symptom: 'code-43' } }],
  ['QEMU found it', { lines: ['kvm: info: OpRegion detected on Intel display 46d1.'] }],
  [
    'a line speaks of another device',
    {
      facts: { address: '0000:00:02.0' },
      lines: ['kvm: IGD device 0000:03:00.0 does not support OpRegion access,legacy mode disabled'],
    },
  ],
] as const)('is nothing where %s', (_, sketch) => {
  expect(found(opregion, sketch)).toEqual([]);
});

describe('whose the primary display is', () => {
  it.each([
    [
      { lines: ['kvm: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device'] },
      ['opregion.missing cause certain'],
    ],
    [
      {
        facts: { otherGpu: 'RTX 3060' },
        lines: ['kvm: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device'],
      },
      ['opregion.missing cause certain', 'host.not-primary contributing likely'],
    ],
    [
      {
        facts: { otherGpu: 'RTX 3060', hostPrimary: 'igpu' },
        lines: ['kvm: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device'],
      },
      ['opregion.missing cause certain'],
    ],
    [
      {
        facts: { hostPrimary: 'other', mode: 'vf' },
        lines: ['kvm: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device'],
      },
      ['opregion.missing contributing certain', 'host.not-primary contributing likely'],
    ],
    [
      {
        facts: { outcome: 'works' },
        lines: ['kvm: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device'],
      },
      ['opregion.missing info certain'],
    ],
    [
      { lines: ['kvm: IGD device 0000:00:02.0 does not support OpRegion access,legacy mode disabled'] },
      ['opregion.missing cause certain'],
    ],
    [
      { lines: ['vfio-pci 0000:00:02.0: Failed to setup Intel IGD regions'] },
      ['opregion.missing cause certain'],
    ],
    [
      {
        facts: { address: '0000:00:02.0' },
        lines: ['vfio-pci 0000:01:00.0: Failed to setup Intel IGD regions'],
      },
      [],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(found(opregion, sketch)).toEqual(expected);
  });
});

test('a virtual function has none: asked for it QEMU refuses to start, and it is not missed', () => {
  const facts = { mode: 'vf' } as const;
  const refused = { facts: { ...facts, symptom: 'vm-does-not-start' }, lines: [NONE] } as const;
  expect(found(opregion, refused)).toEqual(['opregion.missing cause certain']);
  expect(advice(claimOf(opregion, 'opregion.missing', refused))).toContain('x-igd-opregion');
  expect(found(opregion, { facts, lines: [NONE] })).toEqual(['opregion.missing contributing certain']);
});
