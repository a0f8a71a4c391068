import { describe, expect, it } from 'vitest';
import { adapter, answer, framed, problem } from '../../guest/answers/fixtures/windows-answer.ts';
import { diagnosed } from '../fixtures/diagnosed.ts';

const ID = 'guest.not-settled';

function probe(up: number | null, code: number, changes = {}): string {
  const plain = answer({ gpu: [code === 0 ? adapter() : problem(code)], ...changes });
  return framed({ ...plain, os: { ...(plain['os'] as object), up } });
}

function told(...inputs: readonly string[]): readonly string[] {
  const given = Object.fromEntries(inputs.map((text, at) => [`${at}.txt`, text]));
  return diagnosed(given)
    .findings.filter(({ id }) => id === ID)
    .map(({ severity, title }) => `${severity}: ${title}`);
}

describe('a status has not settled', () => {
  it.each([
    [
      'that was read early and is bad',
      [probe(45, 43)],
      'contributing: The device’s status was read 45 s after',
    ],
    ['that was read early and is good', [probe(179, 0)], 'warning: The device’s status was read 179 s after'],
    [
      'that was read early twice',
      [probe(20, 0), probe(60, 0)],
      'warning: The device’s status was read 60 s after',
    ],
    [
      'that changed',
      [probe(400, 0), probe(900, 43)],
      'warning: The device’s status differs between readings: no problem and code 43',
    ],
    ['that Windows calls passing', [probe(600, 18)], 'contributing: Problem code 18 is a passing one'],
    [
      'while an installer runs',
      [
        probe(600, 0, {
          setup: { inSetup: 0, oobe: 0, image: 'IMAGE_STATE_COMPLETE', fastStartup: 0, busy: ['msiexec'] },
        }),
      ],
      'warning: The guest was not ready: an installer is running',
    ],
  ] as const)('%s', (_, inputs, expected) => {
    expect(told(...inputs)).toEqual([expect.stringContaining(expected)]);
  });

  it('and is neither a failure nor a success by itself', () => {
    expect(diagnosed({ 'probe.txt': probe(45, 0) }).verdict).toBe('inconclusive');
  });
});

it.each([
  ['that was read late', [probe(180, 43)]],
  ['that was read late and is good', [probe(3600, 0)]],
  ['that was read early, and again late', [probe(30, 43), probe(600, 43)]],
  ['of which the uptime is not known', [probe(null, 43)]],
  ['that a person states', ['Windows 11\nCode 43\n']],
] as const)('a status %s has settled as far as can be seen', (_, inputs) => {
  expect(told(...inputs)).toEqual([]);
});

it('a status that was read late and is good is a success', () => {
  expect(diagnosed({ 'probe.txt': probe(3600, 0) }).verdict).toBe('pass');
});
