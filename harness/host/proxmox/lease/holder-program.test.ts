import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, expect } from 'vitest';
import { needs } from '../../../test/tier.ts';
import { run } from '../../../wire/shell.ts';
import { newHolder, stepHolder } from './holder-state.ts';
import { type LeaseAnswer, readLeaseAnswer } from './lease-answer.ts';
import { HOLDER_PROGRAM } from './lease-programs.ts';
import { type PlainFollowing, plainMachine } from './plain-machine.fixture.ts';

const programTest = needs('perl');
const directory = mkdtempSync(join(tmpdir(), 'code43-holder-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const LIMITS = { beat: 1, trust: 1, hold: 60 };
let count = 0;
const fresh = (): string => join(directory, String((count += 1)));

const argv = (place: string, wait: number, hold: number): readonly string[] => {
  const words = [place, '0000:00:02.0', '00000000-0000-4000-8000-000000000001', '{}'];
  return ['perl', '-e', HOLDER_PROGRAM, '--', ...words, String(wait), String(hold)];
};

interface Holder {
  readonly holder: PlainFollowing;
  readonly answers: (LeaseAnswer | null)[];
}

async function start(place: string, wait: number, hold: number): Promise<Holder> {
  const machine = plainMachine();
  const answers: (LeaseAnswer | null)[] = [];
  await machine.follow(argv(place, wait, hold), {
    onLine: (line) => void answers.push(readLeaseAnswer(line)),
  });
  const [holder] = machine.followed;
  if (holder === undefined) throw new Error('nothing was started');
  return { holder, answers };
}

/** What the model says to the same lines, with what only the node knows left out. */
function modelled(has: boolean, lines: readonly string[]): readonly unknown[] {
  const begun = stepHolder(newHolder(0, 100, LIMITS), { kind: 'tried', now: 0, has, said: '' }, LIMITS);
  let { state } = begun;
  const answers = [...begun.answers];
  for (const line of lines) {
    const step = stepHolder(state, { kind: 'line', now: 1, line, said: '' }, LIMITS);
    state = step.state;
    answers.push(...step.answers);
  }
  return answers.map(timeless);
}

const timeless = (answer: LeaseAnswer | null): unknown =>
  answer && { kind: answer.kind, beat: 'beat' in answer ? answer.beat : null };

const line = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.nat(12), fc.nat(12)).map(([n, echo]) => `beat ${n} ${echo}`) },
  fc.constantFrom(
    '',
    'beat',
    'beat 1',
    'beat 1 2 3',
    'beat -1 0',
    ' end',
    'end ',
    'beat 9999999999 0',
    'END',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !/[\n\r]/.test(text) && text !== 'end'),
);

for (const has of [true, false])
  programTest(
    `the program answers as its model, whatever it hears (${has ? 'holding' : 'waiting'})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
          const place = fresh();
          const other = has ? null : await start(place, 0, 60);
          if (other) await expect.poll(() => other.answers).toMatchObject([{ kind: 'held' }]);
          const { holder, answers } = await start(place, 100, 60);
          await expect.poll(() => answers).toMatchObject([{ kind: has ? 'held' : 'busy' }]);
          for (const text of [...lines, 'end', 'beat 1 0']) holder.write(text);
          expect((await holder.ended).code).toBe(0);
          expect(answers.map(timeless)).toEqual(modelled(has, [...lines, 'end', 'beat 1 0']));
          other?.holder.write('end');
          await other?.holder.ended;
        }),
        { numRuns: 25 },
      );
    },
  );

programTest(
  'beats that echo nothing new renew nothing; those that echo the last answer renew without end',
  async () => {
    const place = fresh();
    const { holder, answers } = await start(place, 0, 2);
    const ended = new AbortController();
    const end = holder.ended.then(() => {
      ended.abort();
    });
    // Three times as long as it would hold by itself.
    for (let beat = 1; beat <= 30; beat += 1) {
      holder.write(`beat ${beat} ${beat - 1}`);
      await expect.poll(() => answers.at(-1)).toEqual({ kind: 'beat', beat });
      await pause(200);
    }
    for (let beat = 31; !ended.signal.aborted; beat += 1) {
      holder.write(`beat ${beat} 29`);
      await pause(50);
    }
    await end;
    expect((await holder.ended).code).toBe(128 + 14);
  },
);

programTest(
  'a holder lets go by itself, though it is told nothing, nobody reads its words, and it is asked to end',
  async () => {
    const place = fresh();
    const words = argv(place, 0, 2).map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
    // Its words go into a pipe that is full, its input stays open, and hang-ups reach it.
    const script = `exec 3<> <(:); (${words.join(' ')} <&3 | sleep 60) & sleep 1; kill -HUP 0`;
    await run(['setsid', '--wait', 'bash', '-c', script], { timeout: 30, allowFailure: true });
    const next = await start(place, 30, 60);
    await expect.poll(() => next.answers.at(-1)?.kind, { timeout: 30_000 }).toBe('held');
    next.holder.write('end');
    await next.holder.ended;
  },
);
