import fc from 'fast-check';
import { expect, it } from 'vitest';
import { patternAlternatives } from './pattern-alternatives.ts';

it.each([
  ['/a/', []],
  ['/^a$/i', ['/a$/i', '/^a/i', '/^a$/']],
  ['/a|bc|d/', ['/bc|d/', '/a|d/', '/a|bc/']],
  ['/x(?:a|b)y/', ['/x(?:b)y/', '/x(?:a)y/']],
  ['/(?<n>a|b)/', ['/(?<n>b)/', '/(?<n>a)/']],
  ['/(?<!a|b)c/', ['/(?<!b)c/', '/(?<!a)c/']],
  // In a class, or after a backslash, a sign stands for itself.
  ['/[|^$]\\|\\^/', []],
  ['/\\bx/', ['/x/']],
])('of %s: %j', (pattern, expected) => {
  expect(patternAlternatives(pattern)).toEqual(expected);
});

it('every alternative of a pattern is a pattern', () => {
  const piece = fc.constantFrom('a', 'bc', '^', '$', '\\b', '|', '(?:a|b)', '(c)', '[|(]', '\\(', '(?=d|e)');
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      for (const other of patternAlternatives(`/${pieces.join('')}/`)) {
        const end = other.lastIndexOf('/');
        expect(() => new RegExp(other.slice(1, end), other.slice(end + 1))).not.toThrow();
      }
    }),
  );
});
