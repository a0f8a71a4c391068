import { type ConfigEntry, type ConfigProblem, problemIn } from './entry.ts';
import { parsePropertyString } from './property-string.ts';
import { quote } from './quote.ts';

export interface Rule {
  readonly pattern: RegExp;
  /** For a person: what was expected. */
  readonly expected: string;
}

/** `plain`: one value. `list`: Proxmox's comma-separated property list. */
export type Grammar =
  | { readonly kind: 'plain'; readonly rule: Rule }
  | {
      readonly kind: 'list';
      /** What a value without a name stands for. */
      readonly defaultKey: string;
      readonly properties: ReadonlyMap<string, Rule>;
    };

export function rule(pattern: RegExp, expected: string): Rule {
  return { pattern, expected };
}

export function plain(pattern: RegExp, expected: string): Grammar {
  return { kind: 'plain', rule: rule(pattern, expected) };
}

export function list(defaultKey: string, properties: Readonly<Record<string, Rule>>): Grammar {
  return { kind: 'list', defaultKey, properties: new Map(Object.entries(properties)) };
}

export const BOOLEAN = rule(/^(?:0|1|on|off|yes|no|true|false)$/i, '0 or 1');
export const NUMBER = rule(/^\d{1,7}$/, 'a whole number');
export const COUNT = rule(/^[1-9]\d{0,2}$/, 'a number from 1 to 999');

/** What of an entry's value is not what the grammar says. */
export function grammarProblems(grammar: Grammar, entry: ConfigEntry): ConfigProblem[] {
  if (grammar.kind === 'plain') return against(grammar.rule, entry, entry.key, entry.value, 0);
  const { properties, problems } = parsePropertyString(entry.value, grammar.defaultKey);
  return [
    ...problems.map(({ message, offset }) => problemIn(entry, `${entry.key}: ${message}`, null, offset)),
    ...properties.flatMap(({ key, value, offset }) => {
      const known = grammar.properties.get(key);
      if (known !== undefined) return against(known, entry, `${entry.key}.${key}`, value, offset);
      const names = [...grammar.properties.keys()].join(', ');
      return [problemIn(entry, `${entry.key} has no property ${quote(key)}`, `it has ${names}`, offset)];
    }),
  ];
}

function against(
  { pattern, expected }: Rule,
  entry: ConfigEntry,
  name: string,
  value: string,
  offset: number,
): ConfigProblem[] {
  if (pattern.test(value)) return [];
  return [problemIn(entry, `${name}: ${quote(value)} is not ${expected}`, null, offset)];
}
