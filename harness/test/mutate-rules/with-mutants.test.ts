import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { withMutants } from './with-mutants.ts';

const RULES = join(import.meta.dirname, '../../diagnosis/rules');

const alternativesOf = (text: string) =>
  withMutants('x.ts', text, 1).mutants.map(({ from, to }) => `${from} → ${to}`);

/** What the code evaluates to with one mutant awake; 0: none. */
function value(code: string, awake: number): unknown {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the sources that are tried stand in this file
  const run = new Function('__mutant', `return ${code};`) as (is: (id: number) => boolean) => unknown;
  return run((id) => id === awake);
}

describe('the mistakes that are made', () => {
  it.each([
    ['a && b', ['a && b → (a)', 'a && b → (b)', 'a && b → false']],
    ['a === 1', ['a === 1 → true', 'a === 1 → false']],
    ['a > 1', ['a > 1 → true', 'a > 1 → false', 'a > 1 → (a) >= (1)']],
    ['f(!a)', ['!a → a']],
    ['a ? b : c', ['a → true', 'a → false']],
    // What one part always being true does is tried by leaving it out.
    ['a === 1 || b', ['a === 1 || b → (a === 1)', 'a === 1 || b → (b)', 'a === 1 || b → true']],
    ['["x", "y"]', ['["x", "y"] → ["y"]', '["x", "y"] → ["x"]']],
    ['f(of, "x", "y")', ['f(of, "x", "y") → f(of, "y")', 'f(of, "x", "y") → f(of, "x")']],
    ['a.facts.has("x", "y")', []],
    ['a.some(f)', ['a.some(f) → a.every(f)']],
    ['a.toString(2)', []],
    ['a?.b', ['a?.b → a.b']],
    ['a?.b.c', []],
    ['({ title: "No driver" })', []],
    ['x as "y"', []],
  ])('%s', (text, expected) => {
    expect(alternativesOf(text)).toEqual(expected);
  });
});

describe('the code with its mutants', () => {
  it.each([
    ['[1, 2, 3].filter((n) => n > 1 && n < 3).length', [1, 2, 2, 0, 1, 2]],
    ['((a) => (a ?? 5) + 1)(null)', [6, 4, 1, 6]],
  ])('%s gives what it gave, and something else with one awake', (text, expected) => {
    const { code, mutants } = withMutants('x.ts', text, 1);
    const all = [0, ...mutants.map(({ id }) => id)].map((id) => value(code, id));
    expect(all).toEqual(expect.arrayContaining(expected));
    expect(all[0]).toBe(expected[0]);
  });

  it('compiles, of every rule', () => {
    for (const name of readdirSync(RULES).filter((each) => !each.endsWith('.test.ts'))) {
      const { code } = withMutants(name, readFileSync(join(RULES, name), 'utf8'), 1);
      const { diagnostics } = ts.transpileModule(code, { reportDiagnostics: true });
      expect(
        diagnostics?.map(({ messageText }) => messageText),
        name,
      ).toEqual([]);
    }
  });

  it('says where each is', () => {
    expect(withMutants('x.ts', 'const a = 1;\nif (b) c();\n', 7).mutants).toEqual([
      { id: 7, file: 'x.ts', line: 2, column: 5, from: 'b', to: 'true' },
      { id: 8, file: 'x.ts', line: 2, column: 5, from: 'b', to: 'false' },
    ]);
  });
});
