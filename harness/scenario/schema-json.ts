import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { GuestSchema, HostSchema, ScenarioSchema } from './schema.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema files that editors pick up, by their path below `scenarios/`. */
export const SCHEMA_FILES = {
  'schema.json': ScenarioSchema,
  'hosts/schema.json': HostSchema,
  'guests/schema.json': GuestSchema,
} as const satisfies Record<string, z.core.$ZodType>;

/** What a person may write, as JSON Schema. zod's largest safe integer says nothing to a person and is left out. */
function jsonSchema(schema: z.core.$ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema: part }) => {
      if (part.maximum === Number.MAX_SAFE_INTEGER) delete part.maximum;
      if (part.minimum === Number.MIN_SAFE_INTEGER) delete part.minimum;
    },
  });
}

/** The exact text of a committed schema file. */
export function schemaText(schema: z.core.$ZodType): string {
  return `${JSON.stringify(jsonSchema(schema), null, 2)}\n`;
}

/** The keys that a schema knows at a path into what it describes; empty where any key may stand. */
export function keysKnownAt(schema: z.core.$ZodType, path: readonly (string | number)[]): readonly string[] {
  let parts = alternatives(jsonSchema(schema));
  for (const step of path) {
    parts = parts
      .map((part) =>
        typeof step === 'number' ? part.items : (part.properties?.[step] ?? part.additionalProperties),
      )
      .flatMap((part) => (isSchema(part) ? alternatives(part) : []));
  }
  return parts.flatMap((part) => Object.keys(part.properties ?? {}));
}

function alternatives(part: JsonSchema): JsonSchema[] {
  return part.anyOf?.filter(isSchema) ?? [part];
}

function isSchema(part: unknown): part is JsonSchema {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = new URL('../../scenarios/', import.meta.url);
  for (const [file, schema] of Object.entries(SCHEMA_FILES)) {
    await writeFile(new URL(file, folder), schemaText(schema));
  }
}
