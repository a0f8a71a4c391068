import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellId, combine, countCombinations, matches, type Axis } from './axes.ts';

const axis = (name: string, values: readonly string[]): Axis => ({ name, values, pathOf: () => [] });

it('varies the last axis fastest', () => {
  expect(combine([axis('rom', ['a', 'b']), axis('host', ['x', 'y'])])).toEqual([
    { rom: 'a', host: 'x' },
    { rom: 'a', host: 'y' },
    { rom: 'b', host: 'x' },
    { rom: 'b', host: 'y' },
  ]);
});

it('makes one empty combination without axes', () => {
  expect(combine([])).toEqual([{}]);
  expect(cellId('local/x', {})).toBe('local/x');
});

it('sorts the axes in an id', () => {
  expect(cellId('x', { rom: 'none', 'config.machine': 'q35' })).toBe('x:config.machine=q35,rom=none');
});

it('makes as many combinations as it counts, each of its own and matching itself', () => {
  const values = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(values, { maxLength: 4 }), (lists) => {
      const axes = lists.map((list, index) => axis(`config.key${index}`, list));
      const all = combine(axes);
      expect(all.length).toBe(countCombinations(axes));
      expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(all.length);
      expect(all.every((one) => matches(one, one) && matches({}, one))).toBe(true);
    }),
  );
});
