import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { findingsPage, PAGE } from './page.ts';

test('docs/findings.md is what the table, the rules and the signatures say (npm run findings)', async () => {
  expect(await readFile(PAGE, 'utf8')).toBe(await findingsPage());
});
