import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLeaseAnswer } from './lease-answer.ts';
import { duration, leaseHolderText, leaseWhoLine, readLeaseHolder } from './lease-holder.ts';

const TOKEN = '00000000-0000-4000-8000-000000000001';
const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => !/[\x00-\x1f\x7f]/.test(text));

test('what an owner says of itself is read as it was said, through one line of ASCII', () => {
  fc.assert(
    fc.property(word, word, word, fc.nat(100_000), (owner, purpose, run, age) => {
      const line = leaseWhoLine({ owner, purpose, run });
      expect(line).toMatch(/^[\x20-\x7e]+$/);
      const answer = readLeaseAnswer(`busy 7 1790000000 ${1790000000 - age} ${TOKEN} ${line} `);
      const said = answer?.kind === 'busy' ? answer.said : '';
      expect(readLeaseHolder(said, 1790000000)).toEqual({ owner, purpose, run, age });
    }),
  );
});

test('any other text is nobody, and no answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readLeaseHolder(`1 ${TOKEN} ${text}`, 5).owner).toBeNull();
      expect(readLeaseAnswer(`x${text}`)).toBeNull();
    }),
  );
  expect(leaseHolderText(readLeaseHolder('', 0))).toBe('somebody whose words cannot be read');
});

test.each([
  [0, '0 s'],
  [119.4, '119 s'],
  [200, '3 min'],
  [3600 * 2 + 300, '2 h 5 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
