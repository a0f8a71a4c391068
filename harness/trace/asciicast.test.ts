import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AsciicastWriter } from './asciicast.ts';
import { readAsciicast, shownBy } from './fixtures/read-asciicast.ts';
import { createRedactor } from './redact.ts';

const SIZE = { columns: 80, rows: 24 };
const same = (text: string): string => text;

/** A recording of these chunks, one every `step` seconds. */
function record(chunks: readonly Uint8Array[], redact = same, step = 1): string {
  const cast = new AsciicastWriter(redact);
  const lines = chunks.map((chunk, index) => cast.output(chunk, index * step));
  return [cast.header(SIZE, 1_700_000_000, 'a cell'), ...lines, cast.end(chunks.length * step)].join('');
}

function redactor(names: readonly string[] = []): (text: string) => string {
  const made = createRedactor(names);
  return (words) => made.text(words);
}

const text = (cast: string): string => shownBy(readAsciicast(cast));
const bytes = (words: string): Uint8Array => Buffer.from(words);

test('what was shown comes back, however it was cut into pieces', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(200)), fc.nat(30), (words, cuts, step) => {
      const whole = Buffer.from(words);
      const at = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
      const pieces = at.slice(1).map((end, index) => whole.subarray(at[index], end));
      expect(text(record(pieces, same, step / 1000))).toBe(whole.toString());
    }),
  );
});

test('a character in two pieces is one character, and no byte that is none breaks the file', () => {
  const euro = Buffer.from('€');
  expect(text(record([euro.subarray(0, 1), euro.subarray(1)]))).toBe('€');
  expect(text(record([Buffer.from([0xff, 0x41, 0x0a])]))).toBe('\ufffdA\n');
});

test('an address that is typed key by key is not in the recording, and every key keeps its time', () => {
  const keys = 'ip 52:54:00:12:34:56\r\n'.split(/(?:)/).map(bytes);
  const cast = readAsciicast(record(keys, redactor()));
  expect(shownBy(cast)).toBe('ip 02:00:00:00:00:01\r\n');
  expect(cast.events.map(({ t }) => t)).toEqual(keys.map((_, index) => index));
});

test('a name right behind a colour is redacted', () => {
  const redact = redactor(['geheimhost']);
  expect(text(record([bytes('\u001b[01;32mgeheimhost\u001b[0m $\n')], redact))).toBe(
    '\u001b[01;32mzname-0001\u001b[0m $\n',
  );
});

test('a change of size stands where it happened, and letters of one picture in one event', () => {
  const cast = new AsciicastWriter(same);
  const lines = [
    cast.header(SIZE, 1, 'a cell'),
    cast.output(bytes('gu'), 1),
    cast.output(bytes('est#'), 1.01),
    cast.resize({ columns: 100, rows: 30 }, 2),
    cast.output(bytes(' x\n'), 3),
    cast.end(4),
  ];
  expect(readAsciicast(lines.join('')).events).toEqual([
    { t: 1, code: 'o', data: 'guest#' },
    { t: 2, code: 'r', data: '100x30' },
    { t: 3, code: 'o', data: ' x\n' },
  ]);
});

test('output that never ends its line is not held for ever', () => {
  const cast = new AsciicastWriter(same);
  expect(cast.output(bytes('x'.repeat(5_000)), 1)).toContain('xxx');
});
