import { expect, test } from 'vitest';
import { caseOf } from '../fixtures/case.ts';
import { perCase } from './per-case.ts';

test('a question is answered once a case, null and undefined being answers', () => {
  const asked: string[] = [];
  const cpu = perCase((of) => {
    asked.push('cpu');
    return of.facts.get('cpu');
  });
  const [one, other] = [caseOf({ facts: { cpu: 'N100' } }), caseOf({})];
  expect([cpu(one), cpu(one), cpu(other), cpu(other)]).toEqual(['N100', 'N100', null, null]);
  expect(asked).toHaveLength(2);
});

test('a case that is changed on the way is another case', () => {
  const signals = perCase((of) => of.signals.ids.length);
  const of = caseOf({ lines: ['vfio-pci 0000:00:02.0: Invalid PCI ROM header signature'] });
  const without = { ...of, signals: { ...of.signals, ids: [] } };
  expect([signals(of), signals(without)]).toEqual([1, 0]);
});
