import { expect, test } from 'vitest';
import { mutant, numbers, seeds } from './fixtures/mutants.ts';
import { readAll } from './fixtures/read-all.ts';

/** `npm run test:roms` does the same with a million. */
test('no mutant of a ROM makes the tool throw, print what is not text, or work without end', () => {
  const random = numbers(43);
  const from = seeds();
  let read = 0;
  for (; read < 5_000; read += 1) readAll(mutant(from, random));
  expect(read).toBe(5_000);
});

test('the same seed makes the same mutants', () => {
  const from = { small: seeds().small, real: [] };
  const some = (): string => {
    const random = numbers(7);
    return Array.from({ length: 20 }, () => Buffer.from(mutant(from, random)).toString('base64')).join();
  };
  expect(some()).toBe(some());
});
