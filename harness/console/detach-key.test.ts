import { expect, test } from 'vitest';
import { DEFAULT_DETACH_KEY, detachKey } from './detach-key.ts';

test.each([
  [DEFAULT_DETACH_KEY, 0x1d, 'Ctrl-]'],
  ['ctrl-a', 0x01, 'Ctrl-A'],
  ['^Q', 0x11, 'Ctrl-Q'],
  ['c-\\', 0x1c, 'Ctrl-\\'],
])('%s is the byte that a terminal sends for it', (text, byte, name) => {
  expect(detachKey(text)).toEqual({ byte, name });
});

test.each(['', 'x', 'ctrl-', 'ctrl-1', 'ctrl-m', 'ctrl-i', 'ctrl-[', 'ctrl-ab'])(
  '%j cannot leave a console',
  (text) => {
    expect(() => detachKey(text)).toThrow('expected ctrl-');
  },
);
