import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { KEY_ROWS, keyRow } from './honoured.ts';
import { classOfKey } from './keys.ts';

const NUMBERED = [
  'hostpci',
  'scsi',
  'ide',
  'sata',
  'virtio',
  'efidisk',
  'tpmstate',
  'unused',
  'net',
  'ipconfig',
];
const FAMILIES = [...NUMBERED, 'serial', 'usb', 'audio', 'rng'];

test('every row is of keys that a config or a guest may hold, each in one row', () => {
  const keys = KEY_ROWS.flatMap((row) => row.keys);
  expect(new Set(keys).size).toBe(keys.length);
  const odd = keys.filter((key) => {
    const keyClass = classOfKey(FAMILIES.includes(key) ? `${key}0` : key);
    return keyClass !== 'under-test' && keyClass !== 'guest';
  });
  expect(odd).toEqual([]);
});

test('every such key has its row', async () => {
  const source = await readFile(new URL('keys.ts', import.meta.url), 'utf8');
  const words = [...source.matchAll(/[a-z][a-z0-9]+/g)].map(([word]) => word);
  const known = [...new Set(words)].flatMap((word) =>
    [word, `${word}0`].filter((key) => ['under-test', 'guest'].includes(classOfKey(key))),
  );
  expect(known.length).toBeGreaterThan(60);
  expect(known.filter((key) => keyRow(key) === null)).toEqual([]);
});

test('docs/scenarios.md has the same table', async () => {
  const docs = await readFile(new URL('../../docs/scenarios.md', import.meta.url), 'utf8');
  const lines = docs.split('\n').filter((line) => line.startsWith('| `'));
  const rows = lines.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim())); // prettier-ignore
  for (const { keys, honoured, how, source } of KEY_ROWS)
    expect(rows).toContainEqual([keys.map((key) => `\`${key}\``).join(' '), honoured, how, `\`${source}\``]);
});
