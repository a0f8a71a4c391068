import * as z from 'zod';
import type { Path, SourceDocument } from './document.ts';
import { quote, type SourceProblem } from './problem.ts';
import { keysKnownAt } from './schema-json.ts';
import { suggestion } from './suggestion.ts';

export type Valid<T> =
  | { readonly value: T; readonly problems: readonly [] }
  | { readonly value: null; readonly problems: readonly SourceProblem[] };

type Issue = z.core.$ZodIssue;

const MOST_PROBLEMS = 20;

/** Checks a document against a schema; every mismatch is a problem at the line and column where it stands. */
export function validate<S extends z.core.$ZodType>(schema: S, document: SourceDocument): Valid<z.output<S>> {
  const parsed = z.safeParse(schema, document.value);
  if (parsed.success) return { value: parsed.data, problems: [] };
  const issues = parsed.error.issues.flatMap((issue) => flatten(issue, []));
  const problems = issues.flatMap(({ issue, path }) => describe(issue, path, schema, document));
  return { value: null, problems: problems.slice(0, MOST_PROBLEMS) };
}

interface PlacedIssue {
  readonly issue: Issue;
  readonly path: Path;
}

/** Of a value that may have several shapes, take the complaints of the one shape that it already has. */
function flatten(issue: Issue, parent: Path): PlacedIssue[] {
  const path = [...parent, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const branch =
    issue.code === 'invalid_union' ? issue.errors.find((inner) => inner.every(isAboutContent)) : null;
  return branch ? branch.flatMap((inner) => flatten(inner, path)) : [{ issue, path }];
}

function isAboutContent(issue: Issue): boolean {
  return issue.path.length > 0 || issue.code !== 'invalid_type';
}

function describe(
  issue: Issue,
  path: Path,
  schema: z.core.$ZodType,
  document: SourceDocument,
): SourceProblem[] {
  const { file } = document;
  const parent = path.slice(0, -1);
  const last = path.at(-1);
  const value = valueAt(document.value, path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysKnownAt(schema, path);
    return issue.keys.map((key) => ({
      file,
      ...document.atKey([...path, key]),
      message: `unknown key ${quote(key)}${inside(path)}`,
      hint: suggestion(key, known) ?? (known.length > 0 ? `known here: ${known.join(', ')}` : null),
    }));
  }
  if (issue.code === 'invalid_key') {
    const message = `${issue.issues[0]?.message ?? 'expected another key'}, got ${quote(last)}`;
    return [
      { file, ...document.atKey(path), message, hint: suggestion(String(last), ['rom', 'host', 'guest']) },
    ];
  }
  if (value === undefined && typeof last === 'string') {
    const message = `${quote(last)} is missing${inside(parent)}: ${expected(issue)}`;
    return [{ file, ...document.at(parent), message, hint: null }];
  }
  const hint = issue.code === 'invalid_value' ? suggestion(String(value), issue.values.map(String)) : null;
  const label = path.length === 0 ? '' : `${path.join('.')}: `;
  return [{ file, ...document.at(path), message: `${label}${expected(issue)}, got ${quote(value)}`, hint }];
}

function inside(path: Path): string {
  return path.length === 0 ? '' : ` in ${path.join('.')}`;
}

function expected(issue: Issue): string {
  if (issue.message.startsWith('expected')) return issue.message;
  if (issue.code === 'invalid_type') return `expected ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') {
    return `expected ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
  }
  if (issue.code === 'too_small') return `expected at least ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
  if (issue.code === 'too_big') return `expected at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
  return `expected something else (${issue.message})`;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  int: 'a whole number',
};

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null ? Object.getOwnPropertyDescriptor(at, step)?.value : undefined,
    value,
  );
}
