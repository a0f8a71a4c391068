import { describe, expect, it } from 'vitest';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { sriovHolder } from './sriov-holder.ts';

const ID = 'sriov.pf-on-vfio';
const N100 = { device: '8086:46d1' } as const;
const NO_DRIVER = 'pci 0000:00:02.0: no driver bound to device; cannot configure SR-IOV';
const RESET = 'vfio-pci 0000:00:02.0: resetting';

describe('a physical function that vfio-pci holds', () => {
  it.each([
    RESET,
    'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff',
    'vfio-pci 0000:00:02.0: vfio_ecap_init: hiding ecap 0x1b@0x100',
    'vfio-pci 0000:00:02.0: enabling device (0000 -> 0003)',
    'vfio-pci 0000:00:02.0: vgaarb: deactivate vga console',
    "vfio-pci 0000:00:02.0: BAR 2: can't reserve [mem 0x4000000000-0x400fffffff 64bit pref]",
  ])('is shown by its lines: %s', (line) => {
    expect(found(sriovHolder, { facts: { ...N100, symptom: 'vfs-missing' }, lines: [line] })).toEqual([
      `${ID} cause certain`,
    ]);
  });

  it.each<readonly [CaseSketch, string]>([
    [{ facts: { ...N100, hostDriver: 'vfio-pci', vfs: 0 } }, 'cause likely'],
    [{ facts: { ...N100, hostDriver: 'vfio-pci', mode: 'vf', symptom: 'code-43' } }, 'cause likely'],
    [{ facts: { ...N100, hostDriver: 'vfio-pci', symptom: 'vfs-missing' } }, 'cause certain'],
    [{ facts: { ...N100, hostDriver: 'vfio-pci' }, lines: [NO_DRIVER] }, 'cause certain'],
    [{ facts: { ...N100, mode: 'whole', symptom: 'vfs-missing' } }, 'cause likely'],
    [{ facts: { ...N100, mode: 'whole' }, lines: [NO_DRIVER] }, 'cause likely'],
    [{ facts: { ...N100, sign: 'pf-given', symptom: 'vfs-missing' } }, 'cause certain'],
    [{ facts: { ...N100, sign: 'pf-given', vfs: 7 } }, 'contributing likely'],
    [{ facts: { ...N100, vfs: 7 }, lines: [RESET] }, 'contributing likely'],
  ])('%j is a %s', (sketch, expected) => {
    expect(found(sriovHolder, sketch)).toEqual([`${ID} ${expected}`]);
  });
});

it.each<CaseSketch>([
  { facts: { ...N100, hostDriver: 'vfio-pci' } },
  { facts: { ...N100, hostDriver: 'i915', symptom: 'vfs-missing' } },
  { facts: { ...N100, hostDriver: 'vfio-pci', vfs: 7, outcome: 'works' } },
  { facts: { ...N100, mode: 'whole', vfs: 7 } },
  { facts: { ...N100, mode: 'vf', vfs: 7 } },
  { facts: { ...N100, symptom: 'vfs-missing' }, lines: ['vfio-pci 0000:00:02.1: resetting'] },
  { facts: { ...N100, symptom: 'vfs-missing' }, lines: ['vfio-pci 0000:03:00.0: resetting'] },
])('nobody holds it by %j', (sketch) => {
  expect(found(sriovHolder, sketch)).toEqual([]);
});

it('is told with all that shows it, and explains what comes of it', () => {
  const facts = {
    ...N100,
    hostDriver: 'vfio-pci',
    symptom: 'vfs-missing',
    vfs: 0,
    mode: 'whole',
    sign: 'pf-given',
  } as const;
  expect(whole(sriovHolder, caseOf({ facts, lines: [RESET] }))).toEqual([
    `${ID} cause certain: The physical function is given away, so there are no virtual functions`,
    '< hostDriver: vfio-pci',
    `< ${RESET}`,
    '< sign: pf-given',
    '< symptom: vfs-missing',
    '< vfs: 0',
    '< mode: whole',
    'steps vm host',
    'explains sriov.no-pf-driver guest.code43 rom.missing sriov.driver-broken host.device-missing',
  ]);
});
