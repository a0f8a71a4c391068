import { describe, expect, it } from 'vitest';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { diagnosed } from '../fixtures/diagnosed.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { biosSettings } from './bios-settings.ts';

const SHORT = 'i915 0000:00:02.0: not enough MMIO resources for SR-IOV';
const GONE = "TASK ERROR: no PCI device found for '0000:00:02.0'";

const ON = 'i915 0000:00:02.0: Enabled 7 VFs';
const MEMORY = 'kvm: cannot set up guest memory: Cannot allocate memory';

describe('settings of the firmware', () => {
  it.each<readonly [CaseSketch, readonly string[]]>([
    [
      { facts: { mode: 'vf', biosSetting: 'above-4g=off' }, lines: [SHORT] },
      ['host.bios-settings cause certain'],
    ],
    [
      { facts: { mode: 'vf', biosSetting: 'above-4g=off', symptom: 'vfs-missing' } },
      ['host.bios-settings cause likely'],
    ],
    [{ facts: { mode: 'vf', biosSetting: 'above-4g=on' }, lines: [SHORT] }, []],
    [{ facts: { mode: 'vf', biosSetting: 'above-4g=off' } }, []],
    [{ facts: { mode: 'vf', biosSetting: 'above-4g=off', outcome: 'works' }, lines: [SHORT] }, []],
    [{ facts: { mode: 'whole', biosSetting: 'above-4g=off', symptom: 'code-43' } }, []],
    [{ facts: { biosSetting: 'multi-monitor=off' }, lines: [GONE] }, ['host.bios-settings cause certain']],
    [
      { facts: { biosSetting: 'internal-graphics=off' }, lines: [GONE] },
      ['host.bios-settings cause certain'],
    ],
    [{ facts: { biosSetting: 'multi-monitor=on' }, lines: [GONE] }, []],
    [{ facts: { biosSetting: 'multi-monitor=off', symptom: 'code-43' } }, []],
    [{ facts: { mode: 'vf', biosSetting: 'multi-monitor=off' }, lines: [GONE] }, []],
    [{ facts: { mode: 'whole', biosSetting: 'above-4g=off', symptom: 'vfs-missing' } }, []],
    [{ facts: { mode: 'vf', biosSetting: 'above-4g=off' }, lines: [SHORT, ON] }, []],
    [
      { facts: { mode: 'vf', biosSetting: 'above-4g=off' }, lines: [MEMORY] },
      ['host.bios-settings cause certain'],
    ],
    [
      { facts: { vfs: 7, biosSetting: 'above-4g=off' }, lines: [MEMORY] },
      ['host.bios-settings cause certain'],
    ],
    [{ facts: { biosSetting: 'above-4g=off' }, lines: [MEMORY] }, []],
    [
      {
        facts: { biosSetting: 'multi-monitor=off' },
        lines: ['Device 0000:00:02.0 not found: could not access /sys/bus/pci/devices/0000:00:02.0/config'],
      },
      ['host.bios-settings cause certain'],
    ],
    [
      {
        facts: { biosSetting: 'multi-monitor=off' },
        lines: ['kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: no such host device'],
      },
      ['host.bios-settings cause certain'],
    ],
  ])('%j gives %j', (sketch, expected) => {
    expect(found(biosSettings, sketch)).toEqual(expected);
  });

  it('says which setting to change', () => {
    const claim = claimOf(biosSettings, 'host.bios-settings', {
      facts: { biosSetting: 'multi-monitor=off' },
      lines: [GONE],
    });
    expect(advice(claim)).toContain('iGPU Multi-Monitor');
    expect(claim.explains).toContain('host.device-missing');
  });
});

it.each<readonly [CaseSketch, readonly string[]]>([
  [
    {
      facts: { mode: 'vf', biosSetting: ['above-4g=off', 'multi-monitor=off'], symptom: 'vfs-missing' },
      lines: [SHORT, MEMORY],
    },
    [
      'host.bios-settings cause certain: Above 4G Decoding is off: there is no room for the virtual functions',
      '< biosSetting: above-4g=off',
      `< ${SHORT}`,
      `< ${MEMORY}`,
      'steps bios',
      'explains sriov.driver-broken host.device-missing sriov.no-pf-driver',
    ],
  ],
  [
    {
      facts: { biosSetting: ['internal-graphics=off', 'multi-monitor=off'], otherGpu: 'RTX 3060' },
      lines: [GONE],
    },
    [
      'host.bios-settings cause certain: The firmware has switched the iGPU off',
      '< biosSetting: internal-graphics=off',
      '< biosSetting: multi-monitor=off',
      `< ${GONE}`,
      '< otherGpu: RTX 3060',
      'steps bios',
      'explains host.device-missing host.not-primary opregion.missing',
    ],
  ],
])('in full: %j', (sketch, expected) => {
  expect(whole(biosSettings, caseOf(sketch))).toEqual(expected);
});

it('decides where the host’s own lines show it', () => {
  const facts = { mode: 'vf', biosSetting: 'above-4g=off', symptom: 'vfs-missing' } as const;
  expect(claimOf(biosSettings, 'host.bios-settings', { facts, lines: [SHORT] }).decides).toBe(true);
  expect(claimOf(biosSettings, 'host.bios-settings', { facts }).decides).toBe(false);
});

const NO_ROOM = 'i915 0000:00:02.0: not enough MMIO resources for SR-IOV';
const NO_DEVICE = "TASK ERROR: no PCI device found for '0000:00:02.0'";

it.each([
  ['BIOS: Above 4G Decoding [Disabled], VT-d [Enabled]', NO_ROOM],
  ['Above 4G: off\nCSM: on', NO_ROOM],
  ['above 4g decoding disabled, 12th gen', NO_ROOM],
  ['iGPU Multi-Monitor: Disabled\nadded a graphics card last week', NO_DEVICE],
  ['BIOS: internal graphics disabled', NO_DEVICE],
])('%s beside the line that fits it', (told, line) => {
  expect(diagnosed({ 'said.txt': told, 'host.log': line }).findings[0]?.id).toBe('host.bios-settings');
});

it.each([
  ['Above 4G Decoding: enabled', NO_ROOM],
  ['iGPU Multi-Monitor: Enabled', NO_DEVICE],
  ['Above 4G Decoding: disabled', NO_DEVICE],
])('%s explains nothing', (told, line) => {
  const ids = diagnosed({ 'said.txt': told, 'host.log': line }).findings.map(({ id }) => id);
  expect(ids).not.toContain('host.bios-settings');
});
