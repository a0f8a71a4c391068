import { expect, it } from 'vitest';
import { suggestion } from './suggestion.ts';

const KNOWN = ['name', 'host', 'guest', 'config', 'settle', 'expect', 'pass'];

it.each([
  ['gest', 'guest'],
  ['hots', 'host'],
  ['Settle', 'settle'],
  ['expects', 'expect'],
  ['passed', 'pass'],
])('takes %s for %s', (word, meant) => {
  expect(suggestion(word, KNOWN)).toBe(`did you mean "${meant}"?`);
});

it.each(['frobnicate', 'x', '', 'a'.repeat(1000)])('has nothing to offer for %s', (word) => {
  expect(suggestion(word, KNOWN)).toBeNull();
});
