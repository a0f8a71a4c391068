import { describe, expect, test } from 'vitest';
import { understand } from './diagnose.ts';
import { readGiven } from './fixtures/diagnosed.ts';
import { OUTCOMES_TOLD } from './fixtures/outcomes-told.ts';
import { outcome } from './outcome.ts';

const state = (text: string) => outcome(understand([readGiven('facts.txt', text)]).of);

describe.each(Object.entries(OUTCOMES_TOLD))('%s', (expected, told) => {
  test.each(told)('%s', (text) => {
    expect(state(text)).toBe(expected);
  });
});

const COMPLAINTS = [
  'intel_gpu_top shows no engines',
  'the docker container does not see the GPU',
  'is FLR bad?',
  'do I need the romfile?',
  'noVNC is black',
];

describe.each(OUTCOMES_TOLD.works ?? [])('%s, with a harmless complaint beside it', (text) => {
  test.each(COMPLAINTS)('%s', (complaint) => {
    expect(state(`${text}\n${complaint}`)).not.toBe('fails');
  });
});

describe('what was tried tells what is at fault', () => {
  test.each([
    [
      'i915-sriov-dkms 2026.01.12: video smooth\nafter installing version 2026.02.20 the guest hangs',
      'host-driver',
    ],
    ['was running i915-sriov-dkms 2025.12.10 fine, updated to 2026.03.05 and now no VFs', 'host-driver'],
    ['dkms: 2025.10.10 works, 2025.12.10 panics the host', 'host-driver'],
    ['kiosk VM: the screen stays dark\nUbuntu VM: works', 'guest'],
  ])('%s', (text, at) => {
    const { of } = understand([readGiven('facts.txt', text)]);
    expect(of.facts.of('compared').map(({ value }) => value)).toContain(at);
  });

  test.each([
    'after installing i915-sriov-dkms 2026.02.20: no VFs',
    'installed dkms 2026.02.20\nno VFs appear',
    'the guest works with its VF\nintel_gpu_top only works since kernel 6.16',
  ])('nothing: %s', (text) => {
    const { of } = understand([readGiven('facts.txt', text)]);
    expect(of.facts.of('compared')).toEqual([]);
  });
});
