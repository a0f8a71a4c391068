import { expect, test } from 'vitest';
import { adapter, answer, framed, NONCE } from '../guest/answers/fixtures/windows-answer.ts';
import { Script, verdictOf } from './fixtures/traces.ts';

/** Healthy answers: seconds since the one before, the guest's uptime and boot time in them, and how long they took. */
type Answer = readonly [after: number, up: number, boot?: string, took?: number];

const BOOTED = '2026-01-02T03:04:05Z';

function resultOf(answers: readonly Answer[]): ReturnType<typeof verdictOf> {
  const script = new Script().boot();
  for (const [index, [after, up, boot = BOOTED, took]] of answers.entries()) {
    const nonce = `${NONCE}x${index}`;
    script.probe(framed(answer({ nonce, gpu: [adapter()], os: { boot, up } })), after, nonce, took);
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
    'answers of which one looked at the clock first and one last',
    [
      [4, 20, BOOTED, 4],
      [1, 25, BOOTED, 1],
      [4, 25, BOOTED, 4],
      [4, 29, BOOTED, 4],
      [4, 33, BOOTED, 4],
    ],
  ],
  [
    'a boot time that shifts as the clock is set',
    [
      [1, 21],
      [1, 22, BOOTED],
      [1, 23, '2026-01-02T02:04:07Z'],
    ],
  ],
  [
    'answers of a guest that takes long for each',
    [
      [4, 21, BOOTED, 4],
      [4, 25, BOOTED, 4],
      [4.2, 29, BOOTED, 3.8],
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
    'a hole among answers that take long',
    [
      [4, 21, BOOTED, 4],
      [4, 25, BOOTED, 4],
      [8, 33, BOOTED, 4],
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
