import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './any-text.fixture.ts';
import { splitArgs } from './args.ts';

// Recorded from perl 5.36, Text::ParseWords 3.31: text, what shellwords returned.
const PERL: readonly (readonly [text: string, words: readonly string[]])[] = [
  ['', []],
  ['   ', []],
  ['-a b', ['-a', 'b']],
  ['  lead and trail  ', ['lead', 'and', 'trail']],
  ['a\tb\nc', ['a', 'b', 'c']],
  ["'single quoted' x", ['single quoted', 'x']],
  ['"double quoted" x', ['double quoted', 'x']],
  ['in"side a"word', ['inside aword']],
  ['a\'b\'c"d"e', ['abcde']],
  ['""', ['']],
  ["''", ['']],
  ["a '' b", ['a', '', 'b']],
  ['a""b', ['ab']],
  ['x=""', ['x=']],
  ['a\\ b', ['a b']],
  ['a\\\\b', ['a\\b']],
  ['"a\\"b"', ['a"b']],
  ['"a\\nb"', ['anb']],
  ["'a\\nb'", ['a\\nb']],
  ["'a\\'b' c", ["a\\'b", 'c']],
  ["\\'a", ["'a"]],
  ['\\"a b\\"', ['"a', 'b"']],
  ['"it\'s"', ["it's"]],
  ['\'say "hi"\'', ['say "hi"']],
  ['a#b # c', ['a#b', '#', 'c']],
  ['$HOME `id` $(id)', ['$HOME', '`id`', '$(id)']],
  ['-set device.hostpci0.addr=0x02.0', ['-set', 'device.hostpci0.addr=0x02.0']],
  ["-smbios 'type=0,vendor=A B'", ['-smbios', 'type=0,vendor=A B']],
  ['0', ['0']],
  ['a\\\nb', ['a\nb']],
  ["'a\nb'", ['a\nb']],
];

// For these, shellwords returned nothing.
const PERL_NOTHING: readonly string[] = [
  'a\\',
  "a 'b",
  'a "b',
  "'",
  'a"',
  '"a\\"',
  "'a\\'",
  "ok 'fine' \"not",
];

describe('splitArgs', () => {
  it.each(PERL)('splits %j as Perl does', (text, words) => {
    expect(splitArgs(text)).toMatchObject({ kind: 'words', words: words.map((word) => ({ text: word })) });
  });

  it.each(PERL_NOTHING)('has no words for %j, as Perl has none', (text) => {
    expect(splitArgs(text).kind).toBe('unbalanced');
  });

  it('tells where each word begins and where the open quote stands', () => {
    expect(splitArgs(' -a  "b c"d')).toEqual({
      kind: 'words',
      words: [
        { text: '-a', column: 2, end: 4 },
        { text: 'b cd', column: 6, end: 12 },
      ],
    });
    expect(splitArgs("-a b 'c")).toEqual({ kind: 'unbalanced', column: 6, reason: 'quote' });
    expect(splitArgs('-a b\\\\\\')).toEqual({ kind: 'unbalanced', column: 7, reason: 'backslash' });
  });

  it('takes only ASCII white space as a separator, for Perl reads bytes', () => {
    expect(splitArgs('a\u00a0b\u2003c')).toMatchObject({ words: [{ text: 'a\u00a0b\u2003c' }] });
  });

  it('gives back any words that were escaped character by character', () => {
    const words = fc.array(
      anyText.filter((text) => text !== ''),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(words, (given) => {
        const text = given.map((word) => word.replace(/./gsu, (character) => `\\${character}`)).join(' ');
        expect(splitArgs(text)).toMatchObject({
          kind: 'words',
          words: given.map((word) => ({ text: word })),
        });
      }),
    );
  });

  it('points every word at a character of it, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', '=') }), (text) => {
        const split = splitArgs(text);
        const columns = split.kind === 'words' ? split.words.map((word) => word.column) : [split.column];
        expect(columns.every((column) => text[column - 1] !== undefined && text[column - 1] !== ' ')).toBe(
          true,
        );
      }),
    );
  });
});
