import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { clockOffset } from './clock-offset.ts';

test.each([0, -3600.25, 1e9])(
  'a clock that is %d s off is told to be so, to within what is said',
  async (off) => {
    const note = await clockOffset('guest', async () => {
      await pause(3);
      return Date.now() / 1000 + off;
    });
    expect(note).toMatchObject({ ch: 'note', kind: 'clock', of: 'guest' });
    // It is told in whole milliseconds.
    expect(Math.abs((note?.offset ?? 0) - off)).toBeLessThanOrEqual((note?.within ?? 0) + 0.001);
  },
);

test('the quickest of the questions counts', async () => {
  // The slow ones tell another time, to be known by.
  const answers = [
    { wait: 100, off: 500 },
    { wait: 0, off: 7 },
    { wait: 100, off: 500 },
  ];
  const note = await clockOffset('host', async () => {
    const { wait, off } = answers.shift() ?? { wait: 0, off: 0 };
    await pause(wait);
    return Date.now() / 1000 + off;
  });
  expect(answers).toEqual([]);
  expect(Math.round(note?.offset ?? 0)).toBe(7);
});

test('a clock that does not tell the time is asked no more, and noted nowhere', async () => {
  let asked = 0;
  const note = await clockOffset('guest', () => {
    asked += 1;
    return Promise.resolve(null);
  });
  expect([note, asked]).toEqual([null, 1]);
});
