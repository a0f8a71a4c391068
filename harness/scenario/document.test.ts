import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSource } from './document.ts';

const TEXT = 'name: a\nconfig: |\n\n  first: 1\n  second: 2\nlist:\n  - one\n  - { two: 0x02 }\n';

function document(text: string, verbatim = false) {
  const parsed = parseSource('a.yaml', text, () => verbatim);
  if (parsed.document === null) throw new Error(parsed.problems[0]?.message);
  return parsed.document;
}

describe('parseSource', () => {
  it('gives plain values', () => {
    expect(document(TEXT).value).toEqual({
      name: 'a',
      config: '\nfirst: 1\nsecond: 2\n',
      list: ['one', { two: 2 }],
    });
  });

  it('keeps numbers and booleans as they are written where that is wanted', () => {
    expect(document('[0x02, 10.0, true, on, "1", ~]', true).value).toEqual([
      '0x02',
      '10.0',
      'true',
      'on',
      '1',
      null,
    ]);
  });

  it('knows where values and keys stand, and where an absent one would', () => {
    expect(document(TEXT).at(['list', 1, 'two'])).toEqual({ line: 8, column: 12 });
    expect(document(TEXT).atKey(['list', 1, 'two'])).toEqual({ line: 8, column: 7 });
    expect(document(TEXT).at(['list', 1, 'three'])).toEqual({ line: 8, column: 5 });
  });

  it('knows where a line of a block of text stands', () => {
    expect(document(TEXT).atText(['config'], 3, 9)).toEqual({ line: 5, column: 11 });
    expect(document(TEXT.replaceAll('\n', '\r\n')).atText(['config'], 3, 9)).toEqual({ line: 5, column: 11 });
  });

  it('points at the beginning of text that is folded or quoted', () => {
    expect(document('config: >\n  a\n  b\n').atText(['config'], 1, 2)).toEqual({ line: 1, column: 9 });
    expect(document('config: "a\\nb"\n').atText(['config'], 2, 1)).toEqual({ line: 1, column: 9 });
  });

  it.each(['__proto__: 1', '{ [a]: 1 }', '"": 1'])('takes no key but a word: %s', (text) => {
    expect(parseSource('a.yaml', text).problems[0]?.message).toMatch(/^expected a key that is a word/);
  });

  it('never throws, and always says where', () => {
    const piece = fc.constantFrom(
      '- ',
      '? ',
      ': ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '\n',
      '  ',
      'a',
      '|\n',
      '>\n',
      '"',
      "'",
      '&a ',
      '*a',
      '!x ',
      '#',
      '---\n',
      '%Y\n',
      '\t',
      '\r',
      '\u0000',
      '\ud800',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (source) => {
        const { document: parsed, problems } = parseSource('a.yaml', source);
        expect(parsed === null).toBe(problems.length > 0);
        for (const { line, column } of problems) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(source.split('\n').length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
