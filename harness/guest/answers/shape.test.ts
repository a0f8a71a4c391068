import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boolean, integer, list, matching, number, optional, record, shapedAs, text } from './shape.ts';

const Document = record({
  name: optional(text),
  gpu: list(record({ id: matching(/^[0-9a-f]{4}$/), codes: list(integer) })),
});

test.each([
  [{}, { name: null, gpu: [] }],
  [
    { name: null, gpu: null, more: 1 },
    { name: null, gpu: [] },
  ],
  [
    { name: 'a', gpu: { id: '46d1', codes: 43 } },
    { name: 'a', gpu: [{ id: '46d1', codes: [43] }] },
  ],
  [{ gpu: { value: [{ id: '46d1' }], Count: 1 } }, { name: null, gpu: [{ id: '46d1', codes: [] }] }],
])('%j is taken for what it means', (given, shaped) => {
  expect(shapedAs(Document, given)).toEqual({ value: shaped });
});

test.each([
  [7, ''],
  [null, ''],
  [{ name: 7 }, 'name'],
  [{ name: 'a'.repeat(1001) }, 'name'],
  [{ gpu: [{ id: '46d1' }, { id: 'x' }] }, 'gpu.1.id'],
  [{ gpu: [{ id: '46d1', codes: [0, 4.3] }] }, 'gpu.0.codes.1'],
  [{ gpu: Array.from({ length: 501 }, () => ({ id: '46d1' })) }, 'gpu'],
])('%j is refused, with the place', (given, place) => {
  expect(shapedAs(Document, given)).toEqual({ not: place });
});

test.each([
  [number, [0, -1.5], [Infinity, NaN, '1', null]],
  [integer, [0, -43], [1.5, 2 ** 53, '1']],
  [boolean, [true, false], [0, 'true', undefined]],
])('%o takes its own kind of value only', (shape, good, bad) => {
  expect(good.map((value) => shapedAs<unknown>(shape, value))).toEqual(good.map((value) => ({ value })));
  expect(bad.map((value) => shapedAs<unknown>(shape, value))).toEqual(bad.map(() => ({ not: '' })));
});

test('a list that is wrapped ten thousand times is looked into, and anything at all is taken or refused', () => {
  let wrapped: unknown = ['a'];
  for (let n = 0; n < 10_000; n += 1) wrapped = { value: wrapped, Count: 1 };
  expect(shapedAs(list(text), wrapped)).toEqual({ value: ['a'] });
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const shaped = shapedAs(Document, value);
      expect('value' in shaped).not.toBe('not' in shaped);
    }),
  );
});
