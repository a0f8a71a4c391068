import { describe, expect, it } from 'vitest';
import { deviceOf } from '../fixtures/case.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { sriov } from './sriov.ts';

const N100 = { device: '8086:46d1' } as const;

describe('a virtual function and a monitor', () => {
  it.each(['no-picture', 'no-firmware-picture'] as const)('never meet: %s', (symptom) => {
    const sketch = { facts: { ...N100, mode: 'vf', symptom } } as const;
    expect(found(sriov, sketch)).toEqual(['sriov.no-display cause certain']);
    expect(advice(claimOf(sriov, 'sriov.no-display', sketch))).toContain('0000:00:02.0');
  });

  it('do not meet by the config, either', () => {
    const vms = [{ devices: [deviceOf({ host: '0000:00:02.1' })] }];
    expect(found(sriov, { facts: { ...N100, symptom: 'no-picture' }, vms })).toEqual([
      'sriov.no-display cause certain',
    ]);
  });

  it('are told of where a monitor is plugged in and nothing is said to be wrong', () => {
    expect(found(sriov, { facts: { ...N100, mode: 'vf', monitor: true } })).toEqual([
      'sriov.no-display warning certain',
    ]);
  });

  it('are no cause where all else works', () => {
    expect(found(sriov, { facts: { ...N100, mode: 'vf', symptom: 'no-picture', outcome: 'works' } })).toEqual(
      ['sriov.no-display contributing certain'],
    );
  });

  it('are not spoken of with a whole device', () => {
    expect(found(sriov, { facts: { ...N100, mode: 'whole', symptom: 'no-picture' } })).toEqual([]);
  });
});

describe('virtual functions', () => {
  it.each(['8086:3e92', '8086:1912', '8086:5912', '8086:9bc5', '8086:8a56'])(
    'do not exist on %s',
    (device) => {
      expect(found(sriov, { facts: { device, symptom: 'vfs-missing' } })).toEqual([
        'sriov.not-supported cause certain',
      ]);
    },
  );

  it.each(['8086:46d1', '8086:4692', '8086:a780', '8086:7d55'])('exist on %s', (device) => {
    expect(found(sriov, { facts: { device, symptom: 'vfs-missing' } })).toEqual([]);
  });

  it('are known by the processor’s name, too', () => {
    expect(found(sriov, { facts: { cpu: 'i5-8500T', mode: 'vf', outcome: 'fails' } })).toEqual([
      'sriov.not-supported cause certain',
    ]);
  });

  it('of Rocket Lake are doubted only with Code 43', () => {
    const facts = { device: '8086:4c8a', mode: 'vf' } as const;
    expect(found(sriov, { facts: { ...facts, outcome: 'fails' } })).toEqual([]);
    expect(found(sriov, { facts: { ...facts, symptom: 'code-43' } })).toEqual([
      'sriov.not-supported cause likely',
    ]);
  });

  it('are not asked for with a whole device', () => {
    expect(found(sriov, { facts: { device: '8086:3e92', mode: 'whole', symptom: 'code-43' } })).toEqual([]);
  });
});

describe('the physical function', () => {
  const RESET = 'vfio-pci 0000:00:02.0: resetting';

  it('held by vfio-pci has no virtual functions', () => {
    const sketch = {
      by: 'machine',
      facts: { ...N100, hostDriver: 'vfio-pci', symptom: 'vfs-missing' },
    } as const;
    expect(found(sriov, sketch)).toEqual(['sriov.pf-on-vfio cause certain']);
    expect(claimOf(sriov, 'sriov.pf-on-vfio', sketch).evidence[0]?.text).toBe('hostDriver: vfio-pci');
  });

  it('held by vfio-pci is shown by its lines in the log', () => {
    expect(found(sriov, { facts: { ...N100, symptom: 'vfs-missing' }, lines: [RESET] })).toEqual([
      'sriov.pf-on-vfio cause certain',
    ]);
  });

  it('given to a VM has no virtual functions', () => {
    expect(found(sriov, { facts: { ...N100, mode: 'whole', symptom: 'vfs-missing' } })).toEqual([
      'sriov.pf-on-vfio cause likely',
    ]);
  });

  it.each([
    ['a virtual function', 'vfio-pci 0000:00:02.1: resetting'],
    ['another device', 'vfio-pci 0000:03:00.0: resetting'],
  ])('is not held where vfio-pci speaks of %s', (_, line) => {
    expect(found(sriov, { facts: { ...N100, mode: 'vf', outcome: 'fails' }, lines: [line] })).toEqual([]);
  });

  it('may be held where nobody wants virtual functions', () => {
    expect(
      found(sriov, { facts: { ...N100, hostDriver: 'vfio-pci', mode: 'whole', symptom: 'code-43' } }),
    ).toEqual([]);
  });

  it('without a driver makes none', () => {
    expect(
      found(sriov, { facts: N100, lines: ['-bash: echo: write error: No such file or directory'] }),
    ).toEqual(['sriov.no-pf-driver cause likely']);
  });
});

describe('the host’s driver', () => {
  const WEDGED = 'i915 0000:00:02.0: [drm] *ERROR* GT0: Failed to initialize GPU, declaring it wedged!';
  const vf = { ...N100, mode: 'vf', symptom: 'code-43', guestOs: 'windows' } as const;

  it('that gave the GPU up breaks every virtual function', () => {
    expect(found(sriov, { facts: vf, lines: [WEDGED] })).toEqual(['sriov.driver-broken cause likely']);
  });

  it.each([
    ['a Linux guest, which may speak itself', { ...vf, guestOs: 'linux' }],
    ['a whole device', { ...vf, mode: 'whole' }],
    ['a system that works', { ...N100, mode: 'vf', outcome: 'works' }],
  ] as const)('is not blamed with %s', (_, facts) => {
    expect(found(sriov, { facts, lines: [WEDGED] })).toEqual([]);
  });
});

it('a virtual function that works is no finding', () => {
  expect(
    found(sriov, {
      facts: { ...N100, mode: 'vf', outcome: 'works', vfs: 7, hostDriver: 'i915' },
      lines: ['i915 0000:00:02.0: Enabled 7 VFs'],
    }),
  ).toEqual([]);
});
