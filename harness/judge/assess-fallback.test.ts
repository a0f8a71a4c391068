import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  PNPUTIL_43,
  PNPUTIL_NONE,
  PNPUTIL_OK,
  PNPUTIL_OTHERS,
  REG_IMAGE_STATE,
  WMIC_43,
  WMIC_OTHERS,
} from '../guest/answers/fixtures/fallback-texts.ts';
import { answer, framed, problem } from '../guest/answers/fixtures/windows-answer.ts';
import { FALLBACK_STEPS, type FallbackStep } from '../trace/words.ts';
import { header, Script, verdictOf } from './fixtures/traces.ts';
import { start, step, whatNext } from './judge.ts';
import type { Result } from './result.ts';

type Answers = Partial<Record<FallbackStep, string>>;

function judged(rounds: readonly Answers[]): Result {
  const script = new Script().boot();
  for (const answers of rounds) script.fallbacks(answers, 2);
  return verdictOf(script.end());
}

const five = (answers: Answers): readonly Answers[] => Array.from({ length: 5 }, () => answers);
const P43 = { 'problem-43': PNPUTIL_43 };

describe('where PowerShell is blocked', () => {
  test('a problem code that settles fails, and the evidence names who said it', () => {
    const result = judged(five({ ...P43, connected: PNPUTIL_43, wmic: WMIC_43 }));
    expect(result).toMatchObject({ verdict: 'fail', checks: { driverStarted: 'no' } });
    expect(result.findings.map(({ id }) => id)).toEqual(['device.code-43', 'probe.blocked']);
    expect(result.findings[0]?.evidence.at(-1)?.text).toContain('by pnputil and wmic');
  });

  test('a device that is in no list is absent', () => {
    const result = judged(
      five({ connected: PNPUTIL_NONE, 'connected-all': PNPUTIL_OTHERS, wmic: WMIC_OTHERS }),
    );
    expect(result).toMatchObject({ verdict: 'fail', findings: [{ id: 'device.absent' }, {}] });
  });

  test('nothing that looks well is a pass', () => {
    const result = judged(five({ connected: PNPUTIL_OK }));
    expect(result.verdict).toBe('inconclusive');
    expect(result.findings).toMatchObject([{ id: 'probe.blocked' }]);
    expect(result.findings[0]?.collect).not.toEqual([]);
    expect(result.findings[0]?.evidence.at(-1)?.text).toContain('too weak');
  });

  test.each([
    ['two codes', { ...P43, connected: PNPUTIL_43.replaceAll('43 (0x2B)', '10 (0x0A)') }],
    ['a code and its denial', { 'problem-43': PNPUTIL_NONE, wmic: WMIC_43 }],
    ['a code and an absence', { ...P43, wmic: WMIC_OTHERS }],
    ['a code and health', { ...P43, connected: PNPUTIL_OK }],
  ])('%s contradict each other', (_, answers) => {
    expect(judged(five(answers)).verdict).toBe('inconclusive');
  });

  test.each([
    ['not complete', REG_IMAGE_STATE.replace('COMPLETE', 'UNDEPLOYABLE'), 'guest.not-ready'],
    ['not known', '', 'probe.blocked'],
  ])('a code counts for nothing while set-up is %s', (_, state, id) => {
    const result = judged(five({ ...P43, 'image-state': state }));
    expect(result.verdict).toBe('inconclusive');
    expect(result.findings[0]?.id).toBe(id);
  });

  test('one round shows nothing: it must hold for the window', () => {
    expect(judged([P43]).verdict).toBe('inconclusive');
    expect(judged([P43, { connected: PNPUTIL_OK }, P43, { connected: PNPUTIL_OK }, P43]).verdict).toBe(
      'inconclusive',
    );
  });

  test('sampling goes on while fall-backs may still show something', () => {
    const next = (answers: Answers, rounds: number): string => {
      const script = new Script().boot();
      for (let i = 0; i < rounds; i += 1) script.fallbacks(answers, 1);
      const state = script.events.reduce(step, start(header()));
      return whatNext(state, (script.events.at(-1)?.t ?? 0) + 1).do;
    };
    expect(next({ connected: PNPUTIL_OK }, 2)).toBe('sample');
    expect(next({ connected: PNPUTIL_OK }, 6)).toBe('hopeless');
    expect(next(P43, 6)).toBe('decided');
    expect(next({}, 6)).toBe('hopeless');
  });

  test('a fall-back that follows an answered probe is no reading of its own', () => {
    const script = new Script().boot().healthy(4);
    script.add({
      ...{ ch: 'agent', kind: 'fallback', step: 'problem-43', path: 'x', args: [], out: PNPUTIL_43 },
      ...{ exitcode: 0, signal: null, err: '', truncated: false },
    });
    expect(verdictOf(script.end()).verdict).toBe('pass');
  });

  test('the agent that cannot start the probe counts as a refusal', () => {
    const script = new Script().boot();
    for (let i = 0; i < 5; i += 1)
      script.add({ ch: 'agent', kind: 'refused', command: 'guest-exec', error: 'No such file' }, 1);
    expect(verdictOf(script.end()).findings[0]?.id).toBe('probe.blocked');
  });
});

test('no answers of fall-backs, in whatever order, make a pass', () => {
  const texts = [PNPUTIL_43, PNPUTIL_OK, PNPUTIL_OTHERS, PNPUTIL_NONE, WMIC_43, WMIC_OTHERS, ''];
  const round = fc.dictionary(fc.constantFrom(...FALLBACK_STEPS), fc.constantFrom(...texts));
  fc.assert(
    fc.property(fc.array(round, { maxLength: 6 }), (rounds) => {
      expect(judged(rounds).verdict).not.toBe('pass');
    }),
  );
});

test('health between blocked probes is judged by the probe alone', () => {
  const script = new Script().boot().fallbacks({ connected: PNPUTIL_OK }).every(1.45).healthy(4);
  expect(verdictOf(script.end()).verdict).toBe('pass');
  const broken = new Script().boot().healthy(2).fallbacks(P43, 2).fallbacks(P43, 2).fallbacks(P43, 2);
  expect(verdictOf(broken.end()).verdict).toBe('fail');
});

test('a control in which only fall-backs answer blames nobody', () => {
  const script = new Script().boot();
  for (let i = 0; i < 5; i += 1) script.fallbacks({ connected: PNPUTIL_OK }, 2);
  script.end().add({ ch: 'note', kind: 'control.begin', of: 0 });
  script.add({ ch: 'exec', kind: 'spawn', program: 'qemu', pid: 200, argv: ['qemu'] });
  script.add({ ch: 'qmp', kind: 'greeting', version: '10.0.2' }).add({ ch: 'agent', kind: 'up' }, 20);
  for (let i = 0; i < 5; i += 1)
    script.fallbacks({ connected: PNPUTIL_NONE, 'connected-all': PNPUTIL_OTHERS, wmic: WMIC_OTHERS }, 2);
  script.add({ ch: 'note', kind: 'control.end', of: 0, why: 'decided' });
  expect(verdictOf(script).verdict).toBe('inconclusive');
});

test.each([
  ['cut', 'truncated'],
  ['two opinions', framed(answer({ gpu: [problem(43, { ProblemCode: 0 })] }))],
])('an instrument that fails only with the device (%s) is no evidence against it', (_, out) => {
  const script = new Script().boot();
  for (let i = 0; i < 5; i += 1) script.probe(out);
  script.end().add({ ch: 'note', kind: 'control.begin', of: 0 });
  script.add({ ch: 'exec', kind: 'spawn', program: 'qemu', pid: 200, argv: ['qemu'] });
  script.add({ ch: 'qmp', kind: 'greeting', version: '10.0.2' }).add({ ch: 'agent', kind: 'up' }, 20);
  script.samples(5, []).add({ ch: 'note', kind: 'control.end', of: 0, why: 'decided' });
  expect(verdictOf(script).verdict).toBe('inconclusive');
});
