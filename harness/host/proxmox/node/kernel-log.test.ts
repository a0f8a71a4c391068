import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterCursor } from './kernel-log.ts';

function taken(after: number, ...lines: string[]): string[] {
  const texts: string[] = [];
  lines.forEach(afterCursor(after, (text) => texts.push(text)));
  return texts;
}

test('lines up to the cursor are old, whatever their priority; the rest of a message goes with its first line', () => {
  expect(
    taken(
      12.5,
      '<6>[    0.000000] Linux version 6.14.11-4-pve',
      'continued, old',
      '<3>[   12.500000] at the cursor',
      '<4>[   12.500001] vfio-pci 0000:00:02.0: resetting',
      'continued, new',
      '<30>[  113.000000] systemd[1]: of user space',
    ),
  ).toEqual(['vfio-pci 0000:00:02.0: resetting', 'continued, new', 'systemd[1]: of user space']);
});

test('before the first stamp nothing is new, and after a cursor of -1 everything is', () => {
  expect(taken(3, 'no stamp', '<6>[no] stamp')).toEqual([]);
  expect(taken(-1, '<6>[    0.000000] first')).toEqual(['first']);
});

test('any text is taken as it is or not at all', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (lines) => {
      for (const text of taken(-1, '<6>[    1.000000] begin', ...lines)) expect(typeof text).toBe('string');
    }),
  );
});
