import { describe, expect, it } from 'vitest';
import { adapter, answer, framed, problem } from '../../guest/answers/fixtures/windows-answer.ts';
import { Facts } from '../fact.ts';
import { caseOf, type CaseSketch, quoteOf } from '../fixtures/case.ts';
import { diagnosed } from '../fixtures/diagnosed.ts';
import { found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { notSettled } from './not-settled.ts';

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

describe('a passing code that a person states', () => {
  it.each<readonly [CaseSketch, readonly string[]]>([
    [{ facts: { problemCode: 18 } }, [`${ID} cause certain`]],
    [{ facts: { problemCode: 18, outcome: 'works' } }, [`${ID} info certain`]],
    [{ facts: { problemCode: 43 } }, []],
    [{ facts: { guestBusy: 'an installer was running' } }, []],
  ])('%j gives %j', (sketch, expected) => {
    expect(found(notSettled, sketch)).toEqual(expected);
  });

  it('is told with what to do', () => {
    expect(whole(notSettled, caseOf({ facts: { problemCode: [18, 43] } }))).toEqual([
      `${ID} cause certain: Problem code 18 is a passing one: restart the guest and read it again`,
      '< problemCode: 18',
      'asks for 1',
    ]);
  });

  it('counts nothing beside what a machine read', () => {
    const given = { 'said.txt': 'problem code 18', 'probe.txt': probe(600, 43) };
    expect(diagnosed(given).findings.map(({ id }) => id)).not.toContain(ID);
  });
});

it('two devices with different codes have both settled', () => {
  const other = adapter({}, { id: 'PCI\\VEN_8086&DEV_4692&SUBSYS_0\\3&11583659&0&10' });
  expect(told(probe(600, 43), probe(600, 0, { gpu: [other] }))).toEqual([]);
});

it('a driver without a code is no second status', () => {
  const facts = [
    { key: 'problemCode', value: 43, by: 'machine', quote: quoteOf('a.txt', 1, 'code') },
    { key: 'guestDriver', value: '32.0.101.6651', by: 'machine', quote: quoteOf('b.txt', 1, 'driver') },
  ] as const;
  expect(notSettled.conclude({ ...caseOf({}), facts: new Facts(facts) })).toEqual([]);
});

it('an early status of what works is no trouble', () => {
  const facts = { problemCode: 0, outcome: 'works', guestUptime: 30 } as const;
  expect(found(notSettled, { by: 'machine', facts })).toEqual([`${ID} info certain`]);
});
