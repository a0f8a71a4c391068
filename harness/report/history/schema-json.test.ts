import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { historySchemaText } from './schema-json.ts';

test('reports/results/schema.json is what the schema says (else: npm run schema)', async () => {
  const file = new URL('../../../reports/results/schema.json', import.meta.url);
  expect(await readFile(file, 'utf8')).toBe(historySchemaText());
});
