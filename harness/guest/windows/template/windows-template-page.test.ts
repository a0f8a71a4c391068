import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FINISH_STEPS } from './finish-steps.ts';
import { VM_OPTIONS } from './qm-steps.ts';
import { REGISTRY_SETTINGS } from './registry-settings.ts';

const DOCS = join(import.meta.dirname, '../../../../docs');
const page = await readFile(join(DOCS, 'windows-template.md'), 'utf8');

/** The rows of all tables of the page: their first two cells, without marks and padding. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split(' | ')
      .slice(0, 2)
      .map((cell) => cell.replaceAll(/[`|]/g, '').trim()),
  );

test('the page explains every value of the registry that is set, and no other', () => {
  const said = rows.filter(([first = '']) => first.startsWith('HKLM'));
  expect(said).toEqual(REGISTRY_SETTINGS.map(({ key, name, value }) => [`${key} ${name}`, String(value)]));
});

test('the page explains every command that ends set-up, and no other', () => {
  const said = rows.map(([first = '']) => first).filter((first) => /^[a-z]+\.exe /.test(first));
  const run = FINISH_STEPS.map(({ program, words }) => [program.split('\\').at(-1), ...words].join(' '));
  expect(said.sort()).toEqual(run.sort());
});

test('what the page says of the VM is what the VM gets', () => {
  const said = rows
    .map(([first = '']) => first.split(': '))
    .filter(([key]) => VM_OPTIONS.some(([own]) => own === key));
  expect(said.length).toBeGreaterThan(4);
  for (const [key, value] of said)
    expect(VM_OPTIONS.find(([own]) => own === key)?.[1]).toContain(value ?? '');
});

test('it is said where it stands that no real Windows was installed yet, and the page of guests leads there', async () => {
  expect(page.split('\n## ')[0]).toContain('Unverified');
  expect(await readFile(join(DOCS, 'guests.md'), 'utf8')).toContain('(windows-template.md)');
});
