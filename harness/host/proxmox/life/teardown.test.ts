import { expect, test } from 'vitest';
import { Teardown, TeardownFailed } from './teardown.ts';

test('undoes the newest first, once, and goes on after a failure', async () => {
  const done: string[] = [];
  const teardown = new Teardown(() => Promise.resolve());
  for (const what of ['lease stays', 'VM 9100 stays', 'slot stays']) {
    teardown.add(what, () => {
      done.push(what);
      return what.startsWith('VM') ? Promise.reject(new Error('locked')) : Promise.resolve();
    });
  }
  const failure = await teardown[Symbol.asyncDispose]().catch((error: unknown) => error);
  expect(done).toEqual(['slot stays', 'VM 9100 stays', 'lease stays']);
  expect(failure).toBeInstanceOf(TeardownFailed);
  expect(String(failure)).toContain('VM 9100 stays: locked');
  await teardown[Symbol.asyncDispose]();
  expect(done).toHaveLength(3);
});
