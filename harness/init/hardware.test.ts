import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeNumbers, takenIn } from './clone-numbers.ts';
import { boardName, cpuName } from './hardware-names.ts';
import { hostIds } from './host-id.ts';

test.each([
  ['Intel(R) N100', 'Intel N100', 'n100'],
  ['Intel(R) Core(TM) i5-8500T CPU @ 2.10GHz', 'Intel Core i5-8500T', 'i5-8500t'],
  ['12th Gen Intel(R) Core(TM) i5-12400', 'Intel Core i5-12400', 'i5-12400'],
  ['Intel(R) Core(TM) Ultra 7 155H', 'Intel Core Ultra 7 155H', 'ultra-7-155h'],
  ['Intel(R) Celeron(R) J4125 CPU @ 2.00GHz', 'Intel Celeron J4125', 'j4125'],
  ['Intel(R) Xeon(R) E-2276G CPU @ 3.80GHz', 'Intel Xeon E-2276G', 'xeon-e-2276g'],
])('%s is called %s, and its host %s', (model, name, id) => {
  expect(cpuName(model)).toBe(name);
  expect(hostIds(cpuName(model), null, null)[0]).toBe(id);
});

test('an id that is taken is followed by one with the board, then by numbers; without a name by the codename', () => {
  expect(hostIds('Intel N100', 'Alder Lake-N', 'CW-AL-4L V1.0').slice(0, 3)).toEqual([
    'n100',
    'n100-cw-al-4l-v1-0',
    'n100-2',
  ]);
  expect(hostIds(null, 'Alder Lake-N', null)[0]).toBe('alder-lake-n');
  expect(hostIds(null, null, null)[0]).toBe('host');
});

test.each(['Default string', 'To be filled by O.E.M.', 'Not Specified', '', '\n', '0000'])(
  'a board called %j tells nothing',
  (name) => {
    expect(boardName(name)).toBe(null);
  },
);

test('whatever the firmware and the kernel say, ids are ids', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (cpu, board) => {
      for (const id of hostIds(cpuName(cpu), null, boardName(board)))
        expect(id).toMatch(/^[a-z0-9][a-z0-9._-]{0,63}$/);
    }),
  );
});

test('numbers for clones are a hundred above the highest that is taken, and none of them is', () => {
  expect(freeNumbers([])).toEqual({ from: 9100, to: 9199 });
  expect(freeNumbers([100, 9000])).toEqual({ from: 9100, to: 9199 });
  expect(freeNumbers([9100])).toEqual({ from: 9200, to: 9299 });
  expect(freeNumbers([999_999_999, 9150])).toEqual({ from: 9200, to: 9299 });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 100, max: 999_999_999 })), (taken) => {
      const free = freeNumbers(taken);
      expect(takenIn(free, taken)).toEqual([]);
      expect(free.to - free.from).toBe(99);
      expect(free.to).toBeLessThanOrEqual(999_999_999);
    }),
  );
});
