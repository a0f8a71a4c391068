import { expect, test } from 'vitest';
import { describe as lines } from './failure.ts';

class HostGone extends Error {}

test('an error that somebody named is no defect of the harness', () => {
  expect(lines(new HostGone('n100 does not answer'), false)).toEqual(['code43: n100 does not answer']);
});

test('an error of the operating system is no defect of the harness', () => {
  const error = Object.assign(new Error('ENOENT: no such file, open x'), { code: 'ENOENT' });
  expect(lines(error, false)).toEqual(['code43: ENOENT: no such file, open x']);
});

test('an error that nobody worded is called a defect, with the way to its stack', () => {
  expect(lines(new TypeError('x is not a function'), false).at(-1)).toContain('DEBUG=code43');
  expect(lines(new TypeError('x is not a function'), true).at(-1)).toMatch(/^\s+at /m);
});

test('a chain of causes that bites its tail ends', () => {
  const error = new HostGone('round');
  error.cause = error;
  expect(lines(error, false).length).toBeLessThan(10);
});
