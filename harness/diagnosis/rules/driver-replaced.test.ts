import { describe, expect, it } from 'vitest';
import { adapter, answer, framed, problem } from '../../guest/answers/fixtures/windows-answer.ts';
import { diagnosed } from '../fixtures/diagnosed.ts';
import { caseOf } from '../fixtures/case.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { whole } from '../fixtures/whole.ts';
import { worded } from '../fixtures/worded.ts';
import { driverReplaced } from './driver-replaced.ts';

const ID = 'guest.driver-replaced';
const version = (DriverVersion: string) => ({ DriverVersion });

describe('a driver that is told to have been replaced', () => {
  it.each([
    ['is the cause of what came with it', { symptom: ['code-43', 'after-update'] }, 'cause likely'],
    [
      'is the cause where a trial blames the driver',
      { symptom: 'code-43', compared: 'guest-driver' },
      'cause likely',
    ],
    ['is a part of what fails', { symptom: 'code-43' }, 'contributing possible'],
    ['is a part of what fails in part', { symptom: 'no-audio' }, 'contributing possible'],
    ['is the cause of what works but in part', { outcome: 'works', symptom: 'no-picture' }, 'cause likely'],
    [
      'is no cause where a trial blames something else',
      { symptom: 'code-43', compared: 'qemu' },
      'contributing possible',
    ],
    ['is no trouble where it works', { outcome: 'works' }, 'info possible'],
    ['is a warning where nothing is said', {}, 'warning possible'],
  ] as const)('%s', (_, facts, expected) => {
    expect(found(driverReplaced, { facts: { driverReplaced: true, ...facts } })).toEqual([
      `${ID} ${expected}`,
    ]);
  });

  it.each([
    ['Driver installed, outranked drivers: oem3.inf', 'cause'],
    ['outrankeddriver', 'cause'],
    ['the driver was replaced AGAIN', 'cause'],
    ['the driver was replaced', 'contributing'],
  ])('is the cause or not by its own words: %s', (words, severity) => {
    const of = worded(
      { facts: { symptom: 'code-43' } },
      ['driverReplaced', true, words],
      ['driverReplaced', true, 'replaced'],
    );
    expect(driverReplaced.conclude(of).map((claim) => claim.severity)).toEqual([severity]);
  });

  it('is told with every line that says so, and explains what comes of it', () => {
    const facts = { driverReplaced: [true, false], symptom: 'code-43' } as const;
    expect(whole(driverReplaced, caseOf({ facts }))).toEqual([
      `${ID} contributing possible: The guest’s driver was replaced by another version`,
      '< driverReplaced: true',
      'steps guest guest',
      'explains guest.code43 guest.driver-version qemu.regression host.kernel-regression',
      'asks for 1',
    ]);
  });

  it('is rolled back and held', () => {
    const claim = claimOf(driverReplaced, ID, { facts: { driverReplaced: true, symptom: 'code-43' } });
    expect(advice(claim)).toContain('ExcludeWUDriversInQualityUpdate');
  });
});

describe('between two answers of the probe', () => {
  const ids = (...answers: readonly string[]) =>
    diagnosed(Object.fromEntries(answers.map((text, at) => [`probe-${at}.txt`, text])))
      .findings.filter(({ id }) => id === ID)
      .map(({ title }) => title);
  const one = framed(answer({ gpu: [problem(43, version('31.0.101.2111'))] }));

  it('the driver’s version differs', () => {
    expect(ids(one, framed(answer({ gpu: [problem(43)] })))).toEqual([
      'The guest’s driver differs between readings: 31.0.101.2111 and 32.0.101.6651',
    ]);
  });

  it('in one file the driver’s version differs', () => {
    expect(ids(one + framed(answer({ gpu: [adapter()] })))).toHaveLength(1);
  });

  it('what differs is no cause by itself', () => {
    const given = { 'a.txt': one, 'b.txt': framed(answer({ gpu: [problem(43)] })) };
    const claims = diagnosed(given).findings.filter(({ id }) => id === ID);
    expect(claims.map(({ severity, confidence }) => `${severity} ${confidence}`)).toEqual([
      'contributing possible',
    ]);
  });

  it('the driver’s version is the same', () => {
    expect(ids(one, one)).toEqual([]);
  });

  it('another device has another driver', () => {
    const other = adapter(version('32.0.1.2'), { id: 'PCI\\VEN_8086&DEV_4692&SUBSYS_0\\3&11583659&0&10' });
    expect(ids(one, framed(answer({ gpu: [other] })))).toEqual([]);
  });
});

it.each([
  ['a person’s two versions', { guestDriver: ['31.0.101.2111', '32.0.101.6651'], symptom: 'code-43' }],
  ['names of drivers', { guestDriver: ['i915', 'xe'] }],
  ['nothing', {}],
] as const)('is nothing with %s', (_, facts) => {
  expect(found(driverReplaced, { facts })).toEqual([]);
});

it('is heard of in plain facts', () => {
  const said = 'CPU: J4125\nROM: j4125.rom\nWindows Update replaced the driver, since then Code 43\n';
  expect(diagnosed({ 'said.txt': said }).findings.map(({ id }) => id)).toContain(ID);
});
