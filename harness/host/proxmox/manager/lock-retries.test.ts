import { expect, test } from 'vitest';
import { type Retry, untilUnlocked } from './lock-retries.ts';

const LOCKED = "can't lock file '/var/lock/qemu-server/lock-110.conf' - got timeout";

/** Tries that end with these words, one after the other; null: well. */
async function tryAll(words: readonly (string | null)[], seconds: number, signal?: AbortSignal) {
  const left = [...words];
  const retries: Retry[] = [];
  const outcome = await untilUnlocked(
    'qm set 110',
    { seconds, signal },
    (retry) => retries.push(retry),
    () => Promise.resolve(left.shift() ?? null),
    (said) => said,
  );
  return { outcome, retries, tries: words.length - left.length };
}

test('only a lock that is let go in time is tried again', async () => {
  expect(await tryAll([null, LOCKED], 60)).toMatchObject({ outcome: null, tries: 1, retries: [] });
  expect(await tryAll(['VM is locked (backup)', null], 60)).toMatchObject({ tries: 1, retries: [] });
  expect(await tryAll([LOCKED, LOCKED, null], 60)).toMatchObject({
    outcome: null,
    tries: 3,
    retries: [
      { asked: 'qm set 110', tries: 1, words: LOCKED },
      { asked: 'qm set 110', tries: 2, words: LOCKED },
    ],
  });
});

test('a try that there is no time for is not begun', async () => {
  expect(await tryAll([LOCKED, null], 10)).toMatchObject({ outcome: LOCKED, tries: 1, retries: [] });
});

test('an abort ends the wait between two tries', async () => {
  const stop = new AbortController();
  const asked = untilUnlocked(
    'qm set 110',
    { seconds: 60, signal: stop.signal },
    () => {
      stop.abort(new Error('enough'));
    },
    () => Promise.resolve(LOCKED),
    (said) => said,
  );
  await expect(asked).rejects.toThrow('enough');
});
