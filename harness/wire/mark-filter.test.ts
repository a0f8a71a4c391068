import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MarkFilter } from './mark-filter.ts';

const MARK = Buffer.from('0123456789abcdef');

test('however the bytes are cut, all but the mark pass in order, and the mark is found', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(pieces, pieces, fc.array(fc.nat(300)), async (before, after, cuts) => {
      const passed: Buffer[] = [];
      const filter = new MarkFilter((bytes) => passed.push(bytes));
      const found = filter.expect(MARK);
      const whole = Buffer.concat([...before, MARK, ...after]);
      const at = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
      for (const [index, end] of at.slice(1).entries()) filter.push(whole.subarray(at[index], end));
      await found;
      expect(Buffer.concat(passed).equals(Buffer.concat([...before, ...after]))).toBe(true);
    }),
  );
});

test('what was held back for a mark that does not come passes in the end', () => {
  const passed: Buffer[] = [];
  const filter = new MarkFilter((bytes) => passed.push(bytes));
  filter.expect(MARK).catch(() => undefined);
  filter.push(Buffer.from('012345'));
  filter.giveUp();
  expect(Buffer.concat(passed).toString()).toBe('012345');
});
