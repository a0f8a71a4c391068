import { expect, test } from 'vitest';
import { adapter, answer, framed, NONCE } from '../guest/answers/fixtures/windows-answer.ts';
import { Script, verdictOf } from './fixtures/traces.ts';

/** Healthy answers: seconds since the one before, and the guest's uptime and boot time in them. */
type Answer = readonly [after: number, up: number, boot?: string];

function resultOf(answers: readonly Answer[]): ReturnType<typeof verdictOf> {
  const script = new Script().boot();
  for (const [index, [after, up, boot = '2026-01-02T03:04:05Z']] of answers.entries()) {
    const nonce = `${NONCE}x${index}`;
    script.probe(framed(answer({ nonce, gpu: [adapter()], os: { boot, up } })), after, nonce);
  }
  return verdictOf(script.end());
}

test.each<[string, readonly Answer[]]>([
  [
    'answers that come on time',
    [
      [1, 21],
      [1, 22],
      [1, 23],
    ],
  ],
  [
    'an answer that is a little late',
    [
      [1, 21],
      [1.4, 22],
      [0.6, 23],
    ],
  ],
  [
    'whole seconds that count one too many',
    [
      [1, 21],
      [1, 23],
      [1, 23],
    ],
  ],
  [
    'a boot time that shifts as the clock is set',
    [
      [1, 21],
      [1, 22, '2026-01-02T03:04:05Z'],
      [1, 23, '2026-01-02T02:04:07Z'],
    ],
  ],
  [
    'a hole that is over',
    [
      [1, 21],
      [3, 24],
      [1, 25],
      [1, 26],
    ],
  ],
])('%s settle', (_, answers) => {
  expect(resultOf(answers)).toMatchObject({ verdict: 'pass', boots: [{ settled: true }] });
});

test.each<[string, readonly Answer[]]>([
  [
    'a hole in the sampling',
    [
      [1, 21],
      [1, 22],
      [2, 24],
    ],
  ],
  [
    'a hole that only the guest’s clock shows',
    [
      [1, 21],
      [1, 24],
      [1, 27],
    ],
  ],
  [
    'a window that only the harness’s clock shows',
    [
      [1, 21],
      [1, 21],
      [1, 21],
    ],
  ],
  [
    'an uptime that fell back: the guest restarted',
    [
      [1, 21],
      [1, 22],
      [1, 1],
    ],
  ],
])('%s does not settle', (_, answers) => {
  expect(resultOf(answers)).toMatchObject({ verdict: 'inconclusive', boots: [{ settled: false }] });
});
