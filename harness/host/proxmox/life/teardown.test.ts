import { expect, test } from 'vitest';
import { ConnectionLost } from '../../../wire/machine/machine.ts';
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

test('a host that is gone is waited for once, and each step still tells what is left', async () => {
  let waited = 0;
  const lost = (): Promise<never> => Promise.reject(new ConnectionLost('no answer'));
  const teardown = new Teardown(() => {
    waited += 1;
    return lost();
  });
  for (const what of ['the lease', 'VM 9100']) teardown.add(what, lost);
  const failure = await teardown[Symbol.asyncDispose]().catch((error: unknown) => error);
  expect(String(failure)).toMatch(/VM 9100: no answer\nthe lease: no answer/);
  expect(waited).toBe(1);
});

test('one that comes back each time is waited for each time', async () => {
  let waited = 0;
  const teardown = new Teardown(() => {
    waited += 1;
    return Promise.resolve();
  });
  for (const what of ['the lease', 'VM 9100']) {
    let tries = 0;
    teardown.add(what, () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new ConnectionLost('no answer')) : Promise.resolve();
    });
  }
  await teardown[Symbol.asyncDispose]();
  expect(waited).toBe(2);
});
