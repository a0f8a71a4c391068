import { describe, expect, it } from 'vitest';
import { claimOf, found } from '../fixtures/found.ts';
import { kernelRegression } from './kernel-regression.ts';

const ID = 'host.kernel-regression';
const DENIED =
  'kvm: -device vfio-pci,host=0000:00:02.1,id=hostpci0: vfio 0000:00:02.1: error getting device from group 20: Permission denied';
const BUSY = DENIED.replace('Permission denied', 'Device or resource busy');

describe('a virtual function that vfio refuses', () => {
  it('is the kernel’s fault on a kernel that is known for it', () => {
    const sketch = { facts: { kernel: '6.8.12-12-pve', mode: 'vf' }, lines: [DENIED] } as const;
    expect(found(kernelRegression, sketch)).toEqual([`${ID} cause certain`]);
    expect(claimOf(kernelRegression, ID, sketch).evidence.map(({ text }) => text)).toEqual([
      DENIED,
      'kernel: 6.8.12-12-pve',
    ]);
  });

  it('is known by its address where nobody says that it is one', () => {
    expect(found(kernelRegression, { facts: { kernel: '6.8.12-12-pve' }, lines: [DENIED] })).toEqual([
      `${ID} cause certain`,
    ]);
  });

  it('is probably the kernel’s fault after an update', () => {
    expect(
      found(kernelRegression, { facts: { mode: 'vf', symptom: 'after-update' }, lines: [DENIED] }),
    ).toEqual([`${ID} cause likely`]);
  });

  it('may be the kernel’s fault where nothing more is known', () => {
    expect(found(kernelRegression, { facts: { mode: 'vf' }, lines: [DENIED] })).toEqual([
      `${ID} cause possible`,
    ]);
  });

  it('that is busy is another matter', () => {
    expect(found(kernelRegression, { facts: { mode: 'vf' }, lines: [BUSY] })).toEqual([]);
  });
});

it.each(['6.8.12-11-pve', '6.8.12-13-pve', '6.8.12-1-pve', '6.14.80-1-pve', '6.11.0-2-pve'])(
  'the kernel %s is not known for it',
  (kernel) => {
    expect(found(kernelRegression, { facts: { kernel, mode: 'vf', symptom: 'vm-does-not-start' } })).toEqual(
      [],
    );
  },
);

it.each([
  ['a whole device', { kernel: '6.8.12-12-pve', mode: 'whole', symptom: 'vm-does-not-start' }],
  ['a mediated device', { kernel: '6.8.12-12-pve', mode: 'mdev', symptom: 'vm-does-not-start' }],
  [
    'a system that works',
    { kernel: '6.8.12-12-pve', mode: 'vf', symptom: 'vm-does-not-start', outcome: 'works' },
  ],
] as const)('is nothing with %s', (_, facts) => {
  expect(found(kernelRegression, { facts })).toEqual([]);
});

describe('what has to come together', () => {
  it.each([
    [
      { facts: { kernel: '6.8.12-12-pve', mode: 'vf', symptom: 'vm-does-not-start' } },
      ['host.kernel-regression cause likely'],
    ],
    [
      { facts: { kernel: '6.14.8-1-pve', mode: 'vf', symptom: 'vm-does-not-start' } },
      ['host.kernel-regression cause likely'],
    ],
    [{ facts: { kernel: '6.8.12-12-pve', mode: 'vf', outcome: 'fails' } }, []],
    [{ facts: { kernel: '16.8.12-12-pve', mode: 'vf', symptom: 'vm-does-not-start' } }, []],
    [
      {
        facts: { kernel: '6.8.12-12-pve', mode: 'vf', symptom: 'vm-does-not-start' },
        lines: ["no PCI device found for '0000:00:02.1'"],
      },
      [],
    ],
    [
      {
        facts: { kernel: '6.8.12-12-pve', mode: 'vf', symptom: 'vm-does-not-start' },
        lines: [
          'kvm: -device vfio-pci,host=0000:00:02.1,id=hostpci0: vfio 0000:00:02.1: error getting device from group 20: No such device',
        ],
      },
      ['host.kernel-regression cause likely'],
    ],
    [
      {
        facts: { mode: 'vf', symptom: 'code-43' },
        lines: [
          'kvm: -device vfio-pci,host=0000:00:02.1,id=hostpci0: vfio 0000:00:02.1: error getting device from group 20: Permission denied',
        ],
      },
      ['host.kernel-regression cause possible'],
    ],
    [
      {
        lines: [
          'kvm: -device vfio-pci,host=0000:00:02.1,id=hostpci0: vfio 0000:00:02.1: error getting device from group 20: Permission denied',
        ],
      },
      ['host.kernel-regression cause possible'],
    ],
    [
      {
        lines: [
          'kvm: -device vfio-pci,host=0000:00:02.0,id=hostpci0: vfio 0000:00:02.0: error getting device from group 20: Permission denied',
        ],
      },
      [],
    ],
    [
      {
        facts: { mode: 'vf' },
        lines: [
          'kvm: -device vfio-pci,host=0000:00:02.1,id=hostpci0: vfio 0000:00:02.1: error getting device from group 20: Permission DENIED',
        ],
      },
      ['host.kernel-regression cause possible'],
    ],
    [{ facts: { mode: 'vf', outcome: 'fails' } }, []],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(found(kernelRegression, sketch)).toEqual(expected);
  });
});
