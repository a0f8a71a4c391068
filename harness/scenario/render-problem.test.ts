import { describe, expect, it } from 'vitest';
import { quote } from './problem.ts';
import { renderProblem } from './render-problem.ts';

const problem = {
  file: 'a.yaml',
  line: 2,
  column: 8,
  message: 'unknown guest "linx"',
  hint: 'did you mean "linux"?',
};

describe('renderProblem', () => {
  it('prints the place, the line with a caret below the column, and the hint', () => {
    expect(renderProblem(problem, 'name: x\nguest: linx\n')).toBe(
      [
        'a.yaml:2:8: unknown guest "linx"',
        '  2 | guest: linx',
        '    |        ^',
        '    = did you mean "linux"?',
      ].join('\n'),
    );
  });

  it('prints no line where there is none', () => {
    expect(renderProblem({ ...problem, hint: null }, undefined)).toBe('a.yaml:2:8: unknown guest "linx"');
    expect(renderProblem({ ...problem, hint: null }, 'name: x')).toBe('a.yaml:2:8: unknown guest "linx"');
  });

  it('shows the part of a long line that matters', () => {
    const printed = renderProblem(
      { ...problem, line: 1, column: 501, hint: null },
      `${'a'.repeat(500)}X${'b'.repeat(500)}`,
    );
    const [, line = '', caret = ''] = printed.split('\n');
    expect(line.length).toBeLessThan(120);
    expect(line[caret.indexOf('^')]).toBe('X');
  });

  it('prints nothing that a terminal would obey', () => {
    const printed = renderProblem(
      { ...problem, file: 'a\u001b[2J.yaml', message: quote('\u001b]0;x\u0007') },
      'a\n\u001b[31m\u202eb',
    );
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(printed).toContain('\\x1b[31m');
  });
});

describe('quote', () => {
  it.each<[value: unknown, quoted: string]>([
    ['a"b', '"a\\"b"'],
    [12, '12'],
    [null, 'nothing'],
    [[1], 'a list'],
    [{}, 'a mapping'],
    ['x'.repeat(100), `"${'x'.repeat(60)}…"`],
  ])('quotes %j', (value, quoted) => {
    expect(quote(value)).toBe(quoted);
  });
});
