import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fit, pad, squeeze, width, wrap } from './width.ts';

const text = fc.string({ unit: fc.constantFrom('a', ' ', '显', 'e\u0301', '👍', '-'), maxLength: 80 });

test('a Chinese character takes two columns and a combining mark none', () => {
  expect(width('显卡 e\u0301')).toBe(6);
});

test('a text that does not fit ends in an ellipsis', () => {
  expect(fit('rom.missing', 6)).toBe('rom.m…');
});

test('a squeezed id keeps its end', () => {
  expect(squeeze('local/rom-q35:rom=bad-header', 16)).toBe('local…bad-header');
});

test('a squeezed text is never wider than the room', () => {
  fc.assert(
    fc.property(
      text,
      fc.integer({ min: 1, max: 40 }),
      (value, columns) => width(squeeze(value, columns)) <= columns,
    ),
  );
});

test('padding gives exactly the columns that were asked for', () => {
  fc.assert(
    fc.property(
      text,
      fc.integer({ min: 1, max: 40 }),
      (value, columns) => width(pad(value, columns)) === columns,
    ),
  );
});

test('a wrapped line is never wider than the room', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 40 }), (value, columns) =>
      wrap(value, columns).every((line) => width(line) <= columns),
    ),
  );
});

test('wrapping loses no letter', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 40 }), (value, columns) => {
      expect(wrap(value, columns).join('').replaceAll(' ', '')).toBe(value.replaceAll(' ', ''));
    }),
  );
});
