import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { keysKnownAt, SCHEMA_FILES, schemaText } from './schema-json.ts';
import { ScenarioSchema } from './schema.ts';

describe('the JSON Schema that editors pick up', () => {
  it.each(Object.entries(SCHEMA_FILES))(
    'scenarios/%s is what the schema says (else: npx tsx harness/scenario/schema-json.ts)',
    async (file, schema) => {
      const committed = await readFile(new URL(`../../scenarios/${file}`, import.meta.url), 'utf8');
      expect(committed).toBe(schemaText(schema));
    },
  );

  it('leaves out the largest safe integer, which says nothing to a person', () => {
    const texts = Object.values(SCHEMA_FILES).map((schema) => schemaText(schema));
    expect(texts.join('')).not.toContain(String(Number.MAX_SAFE_INTEGER));
  });

  it('knows the keys at a path', () => {
    expect(keysKnownAt(ScenarioSchema, ['expect', 3])).toEqual(['when', 'verdict', 'finding']);
    expect(keysKnownAt(ScenarioSchema, ['host'])).toEqual(['igpu']);
    expect(keysKnownAt(ScenarioSchema, ['name', 0, 'x'])).toEqual([]);
  });
});
