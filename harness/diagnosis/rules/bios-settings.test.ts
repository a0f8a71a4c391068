import { describe, expect, it } from 'vitest';
import type { CaseSketch } from '../fixtures/case.ts';
import { diagnosed } from '../fixtures/diagnosed.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { biosSettings } from './bios-settings.ts';

const SHORT = 'i915 0000:00:02.0: not enough MMIO resources for SR-IOV';
const GONE = "TASK ERROR: no PCI device found for '0000:00:02.0'";

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
