import { isDeepStrictEqual } from 'node:util';
import { isMap, parseDocument, type Document, type Node, type YAMLMap } from 'yaml';
import { endOf, pairOf, rangeOf, type YamlPair } from './yaml-places.ts';
import { yamlScalar } from './yaml-scalar.ts';

/** What is written into a file: words, whole numbers, yes and no, and mappings of these. */
export type YamlValue = string | number | boolean | { readonly [key: string]: YamlValue };

/** A change to a file's text that would not have come out as it was meant. */
export class YamlNotEdited extends Error {
  override readonly name = 'YamlNotEdited';
}

interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Puts a value at a path of mappings, and leaves every other byte of the text as it is: comments, order, quotes. What
 * is there already and says the same is not touched.
 *
 * @throws YamlNotEdited the text has a form in which this cannot be done, or a comment would be lost
 */
export function withYamlValue(text: string, path: readonly string[], value: YamlValue): string {
  const before = read(text);
  const there = path.reduce<Node | null>((node, key) => pairOf(node, key)?.value ?? null, before.contents);
  if (typeof value === 'object' && isMap(there) && sameKeys(there, value))
    return Object.entries(value).reduce((out, [key, part]) => withYamlValue(out, [...path, key], part), text);
  const plain = before.toJS() as unknown;
  const meant = withValue(plain, path, value);
  if (isDeepStrictEqual(plain, meant)) return text;
  const { from, to, text: put } = spliceFor(text, before.contents, path, value);
  const edited = text.slice(0, from) + put + text.slice(to);
  if (!isDeepStrictEqual(read(edited).toJS(), meant))
    throw new YamlNotEdited(`${path.join('.')} cannot be changed without changing more; edit it by hand`);
  return edited;
}

/** A value on one line, as it stands behind its key. */
export function yamlFlow(value: YamlValue): string {
  if (typeof value === 'string') return yamlScalar(value);
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value).map(([key, part]) => `${yamlScalar(key)}: ${yamlFlow(part)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function read(text: string): Document.Parsed {
  const document = parseDocument(text, { prettyErrors: false });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) throw new YamlNotEdited(`it is no YAML that can be edited: ${fault.message}`);
  return document;
}

function spliceFor(text: string, root: Node | null, path: readonly string[], value: YamlValue): Splice {
  let node = root;
  for (const [depth, key] of path.entries()) {
    const rest = path.slice(depth + 1).reduceRight<YamlValue>((inner, name) => ({ [name]: inner }), value);
    if (!isMap(node)) throw new YamlNotEdited(`${path.slice(0, depth).join('.')} is no mapping`);
    const pair = pairOf(node, key);
    if (pair === null) return insertion(text, node, `${yamlScalar(key)}: ${yamlFlow(rest)}`);
    if (depth === path.length - 1 || !isMap(pair.value)) return replacement(text, pair, rest);
    node = pair.value;
  }
  throw new YamlNotEdited('there is no path');
}

function replacement(text: string, { value: node }: YamlPair, value: YamlValue): Splice {
  const [from, end] = rangeOf(node) ?? [];
  if (from === undefined || end === undefined) throw new YamlNotEdited('a value has no place');
  const old = text.slice(from, end).trimEnd();
  if (/(?:^|\s)#/.test(old)) throw new YamlNotEdited('a comment stands inside of what has to go');
  const space = old === '' && text[from - 1] === ':' ? ' ' : '';
  return { from, to: from + old.length, text: space + yamlFlow(value) };
}

function insertion(text: string, map: YAMLMap, entry: string): Splice {
  const first = map.items.at(0)?.key;
  const last = map.items.at(-1);
  if (map.flow === true) {
    const at = last === undefined ? (map.range?.[0] ?? 0) + 1 : endOf(last.value, last.key);
    if (at === undefined) throw new YamlNotEdited('a value has no place');
    return { from: at, to: at, text: last === undefined ? ` ${entry} ` : `, ${entry}` };
  }
  const start = rangeOf(first)?.[0];
  const end = last === undefined ? undefined : endOf(last.value, last.key);
  if (start === undefined || end === undefined) throw new YamlNotEdited('a mapping has no first key');
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (indent.trim() !== '') throw new YamlNotEdited('a mapping begins behind something else');
  const line = text[end - 1] === '\n' ? end - 1 : text.indexOf('\n', end);
  const at = line === -1 ? text.length : line;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const from = text[at - 1] === '\r' ? at - 1 : at;
  return { from, to: from, text: `${eol}${indent}${entry}` };
}

function sameKeys(map: YAMLMap, value: Readonly<Record<string, YamlValue>>): boolean {
  const keys = Object.keys(value);
  return map.items.length === keys.length && keys.every((key) => pairOf(map, key) !== null);
}

function withValue(plain: unknown, path: readonly string[], value: YamlValue): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const record = isRecord(plain) ? plain : {};
  return { ...record, [key]: withValue(record[key], rest, value) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
