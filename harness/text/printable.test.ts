import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable, printableLines } from './printable.ts';

const nasty = fc.string({ unit: 'binary', maxLength: 300 });

test('an escape sequence is shown, not obeyed', () => {
  expect(printable('a\u001b[31mb\u0007')).toBe('a\\x1b[31mb\\x07');
});

test('a bidi override and a line end are shown as escapes', () => {
  expect(printable('rom\u202egnp.exe\nnext')).toBe('rom\\u202egnp.exe\\nnext');
});

test('a text that is too long is cut and what was cut is counted', () => {
  expect(printable('abcdef', 4)).toBe('abcd… (2 more)');
});

test('letters of every script stay as they are', () => {
  expect(printable('Grafik-Treiber für 显卡 é 👍')).toBe('Grafik-Treiber für 显卡 é 👍');
});

test('no text leaves a control or format character behind', () => {
  fc.assert(fc.property(nasty, (text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(printable(text))));
});

test('the length is bounded whatever comes in', () => {
  fc.assert(fc.property(nasty, (text) => printable(text, 10).length <= 10 * 10 + 20));
});

test('lines are kept apart and their number is bounded', () => {
  expect(printableLines('a\r\nb\nc\nd', 2)).toEqual(['a', 'b', '… (2 more lines)']);
});
