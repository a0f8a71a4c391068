import { expect, test } from 'vitest';
import { header, Script } from './fixtures/traces.ts';
import { start, step, whatNext } from './judge.ts';
import type { Next } from './next.ts';

function nextAfter(script: Script, later = 0): Next {
  const state = script.events.reduce(step, start(header()));
  return whatNext(state, (script.events.at(-1)?.t ?? 0) + later);
}

const begun = (): Script => new Script().add({ ch: 'note', kind: 'boot.begin', boot: 0, asked: 'start' });

test('a boot that has begun waits for the guest agent, until the deadline', () => {
  expect(nextAfter(begun())).toMatchObject({ do: 'reach-agent', until: 60.1 });
  expect(nextAfter(begun(), 61)).toMatchObject({
    do: 'hopeless',
    why: expect.stringContaining('60 s') as string,
  });
});

test('once the agent answers, a sample is due at once', () => {
  expect(nextAfter(new Script().boot()).do).toBe('sample');
});

test('samples keep their pace: the next one is due one interval after the first', () => {
  expect(nextAfter(new Script().boot().healthy(1))).toMatchObject({ do: 'wait' });
  expect(nextAfter(new Script().boot().healthy(1), 1.1).do).toBe('sample');
});

test('a status that has held long enough decides', () => {
  expect(nextAfter(new Script().boot().code(43, 3))).toMatchObject({ do: 'decided', why: 'code 43' });
});

test('a status that changed begins its window anew', () => {
  expect(nextAfter(new Script().boot().code(43, 2).healthy(1), 1.1).do).toBe('sample');
});

test('what never settles is given up at the limit', () => {
  expect(nextAfter(new Script().boot().code(43, 1).healthy(1), 30).do).toBe('hopeless');
});

test('a question that is asked just before the limit is not cut short by it', () => {
  const nearly = new Script().boot().code(43, 1).healthy(1);
  const now = (nearly.events.at(-1)?.t ?? 0) + 27;
  expect(nextAfter(nearly, 27)).toMatchObject({ do: 'sample', until: now + 10 });
});

test('an agent that stays silent is given up before the limit', () => {
  const script = new Script().boot().healthy(1);
  for (let i = 0; i < 5; i += 1)
    script.add({ ch: 'agent', kind: 'silent', command: 'guest-exec', waited: 1 });
  expect(nextAfter(script)).toMatchObject({ do: 'hopeless', why: 'the guest agent went silent' });
});
