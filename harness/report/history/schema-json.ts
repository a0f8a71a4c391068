import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { HistoryLineSchema } from './line.ts';

/** The exact text of the committed `reports/results/schema.json`: what a line of history may be, as JSON Schema. */
export function historySchemaText(): string {
  const schema = z.toJSONSchema(HistoryLineSchema, {
    io: 'input',
    override: ({ jsonSchema: part }) => {
      // zod's largest safe integer says nothing to a person.
      if (part.maximum === Number.MAX_SAFE_INTEGER) delete part.maximum;
      if (part.minimum === Number.MIN_SAFE_INTEGER) delete part.minimum;
    },
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await writeFile(new URL('../../../reports/results/schema.json', import.meta.url), historySchemaText());
}
