import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import { needs } from '../../test/tier.ts';
import { Supervision } from './supervision.ts';
import { base64, type LastWord, newMark, type Supervised, supervised } from './supervisor.ts';

const tier = needs('bash', 'setsid');

interface Seen {
  readonly stdout: string;
  readonly stderr: string;
  readonly last: LastWord | null;
}

/** Starts a program under supervision, tells its supervisor these words, and hears both to their end. */
async function supervise(
  argv: readonly string[],
  how: Omit<Supervised, 'mark'>,
  told: { readonly words: string; readonly hangUp: boolean },
): Promise<Seen> {
  const mark = newMark();
  const [program = '', ...words] = supervised(argv, { mark, ...how });
  const child = spawn(program, words, { detached: true });
  const closed = once(child, 'close').then(() => ({ code: 0, signal: null }));
  const said = { stdout: '', stderr: '' };
  const supervision = new Supervision(
    { stdout: child.stdout, stderr: child.stderr, closed, tell: () => undefined, kill: () => undefined },
    mark,
    {
      stdout: (bytes) => void (said.stdout += bytes.toString()),
      stderr: (bytes) => void (said.stderr += bytes.toString()),
    },
  );
  child.stdin.on('error', () => undefined);
  child.stdin.write(told.words);
  if (told.hangUp) child.stdin.end();
  return { last: await supervision.ended, ...said };
}

const LISTENS = { words: '', hangUp: false };
const GONE = { words: '', hangUp: true };
const none = new Uint8Array();

tier('where nobody gives a sign of life a followed program is ended', async () => {
  const how = { whenLost: 'end', seconds: 1, input: 'lines' } as const;
  expect((await supervise(['sleep', '1000'], how, LISTENS)).last).toEqual({ code: 143, how: 'silent' });
  expect((await supervise(['sleep', '1000'], how, GONE)).last).toEqual({ code: 143, how: 'lost' });
});

tier('a followed program that does not read what it is told is ended', async () => {
  // Long enough for bash to read them, byte by byte.
  const how = { whenLost: 'end', seconds: 5, input: 'lines' } as const;
  const words = `>${'x'.repeat(60_000)}\n`.repeat(3);
  expect((await supervise(['sleep', '1000'], how, { words, hangUp: false })).last?.how).toBe('deaf');
});

tier('one that closed its stdin is left alone', async () => {
  const how = { whenLost: 'end', seconds: 20, input: 'lines' } as const;
  const argv = ['sh', '-c', 'exec <&-; sleep 1; echo well'];
  const { stdout, last } = await supervise(argv, how, { words: '>one\n>two\n', hangUp: false });
  expect([stdout, last]).toEqual(['well\n', { code: 0, how: 'exited' }]);
});

tier('where nobody is there any more a program ends, or goes on until its time is up', async () => {
  const how = { seconds: 1, input: none } as const;
  const run = (whenLost: 'end' | 'goes-on'): Promise<Seen> =>
    supervise(['sleep', '1000'], { ...how, whenLost }, GONE);
  expect((await run('end')).last).toEqual({ code: 143, how: 'lost' });
  expect((await run('goes-on')).last).toEqual({ code: 143, how: 'late' });
});

tier('a program whose input did not all arrive never begins', async () => {
  const input = Buffer.from('the whole of it');
  const how = { whenLost: 'goes-on', seconds: 10, input } as const;
  const argv = ['sh', '-c', 'echo begun; cat'];
  const half = await supervise(argv, how, { words: base64(input).slice(0, 8), hangUp: true });
  expect(half).toEqual({ stdout: '', stderr: '', last: null });
  const whole = await supervise(argv, how, { words: base64(input), hangUp: true });
  expect(whole.stdout).toBe('begun\nthe whole of it');
});

tier('words that look like a supervisor’s are a program’s', async () => {
  const how = { whenLost: 'end', seconds: 10, input: none } as const;
  const forged = `${newMark()} 0 exited`;
  const { stderr, last } = await supervise(['sh', '-c', `echo '${forged}' >&2; exit 9`], how, LISTENS);
  expect([stderr, last]).toEqual([`${forged}\n`, { code: 9, how: 'exited' }]);
});
