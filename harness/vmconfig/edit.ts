import { classOfKey } from './keys.ts';
import { type ConfigEntry, parseVmConfig } from './parse.ts';
import { parsePropertyString, type Property } from './property-string.ts';
import { quote } from './quote.ts';
import { defaultProperty } from './values.ts';

/** An edit that a config text cannot take. The message says which path and why. */
export class ConfigEditError extends Error {
  override readonly name = 'ConfigEditError';
}

const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]/;

/**
 * The text with one key (`machine`) or one property of a key (`hostpci0.romfile`) set, or removed with null; every
 * other line stays as it is. A property can only be set on a key that stands there. A key whose last property goes,
 * goes too. Throws `ConfigEditError` for a path or a value that the grammar cannot hold.
 */
export function withProperty(text: string, path: string, value: string | null): string {
  const [, key, property] = /^([a-z][a-z_-]*\d*)(?:\.([a-z][a-z0-9_-]*))?$/.exec(path) ?? [];
  if (key === undefined)
    throw new ConfigEditError(`${quote(path)} is no key and no key.property of a VM config`);
  if (value !== null) checkValue(path, value, property !== undefined);
  const entry = parseVmConfig(text).entries.find((candidate) => candidate.key === key);
  const wanted = property === undefined ? value : changedList(entry, path, property, value);
  const edited = withKey(text, key, entry, wanted);
  const after = parseVmConfig(edited).entries.find((candidate) => candidate.key === key)?.value ?? null;
  if (after !== wanted)
    throw new ConfigEditError(`${path}: a config line cannot hold ${quote(wanted ?? '')}`);
  return edited;
}

function checkValue(path: string, value: string, isProperty: boolean): void {
  const wrong =
    value === '' || CONTROL.test(value) || value !== value.trim() || (isProperty && value.includes(','));
  if (wrong) throw new ConfigEditError(`${path} cannot be ${quote(value)}`);
}

function changedList(
  entry: ConfigEntry | undefined,
  path: string,
  property: string,
  value: string | null,
): string | null {
  if (entry === undefined) {
    if (value === null) return null;
    throw new ConfigEditError(`${path}: the config has no ${path.slice(0, path.indexOf('.'))} to set it on`);
  }
  const defaultKey = defaultProperty(entry.key) ?? '';
  const { properties: parts, problems } = parsePropertyString(entry.value, defaultKey);
  const plain = defaultKey === '' && classOfKey(entry.key) === 'under-test';
  if (plain || problems.length > 0) {
    throw new ConfigEditError(`${path}: ${quote(entry.value)} is no list of properties`);
  }
  if (property === defaultKey && value?.includes('=') === true) {
    throw new ConfigEditError(`${path} cannot be ${quote(value)}`);
  }
  const set: readonly Property[] = value === null ? [] : [{ key: property, value, offset: 0 }];
  const kept = parts.some((part) => part.key === property)
    ? parts.flatMap((part) => (part.key === property ? set : [part]))
    : [...parts, ...set];
  if (kept.length === parts.length && set.length === 0) return entry.value;
  return (
    kept.map((part) => (part.key === defaultKey ? part.value : `${part.key}=${part.value}`)).join(',') || null
  );
}

function withKey(text: string, key: string, entry: ConfigEntry | undefined, value: string | null): string {
  const lines = text.split('\n');
  if (entry === undefined) return value === null ? text : inserted(lines, `${key}: ${value}`);
  const ending = lines[entry.line - 1]?.endsWith('\r') === true ? '\r' : '';
  if (value !== null) return lines.with(entry.line - 1, `${key}: ${value}${ending}`).join('\n');
  const end = mainEnd(lines);
  return lines.filter((line, index) => index >= end || !line.startsWith(`${key}:`)).join('\n');
}

/** The line goes to the end of the main section, before the empty lines that end it. */
function inserted(lines: readonly string[], line: string): string {
  const end = mainEnd(lines);
  const last = lines.slice(0, end).findLastIndex((candidate) => candidate.trim() !== '');
  const ending = lines.some((candidate) => candidate.endsWith('\r')) ? '\r' : '';
  const tail = last + 1 < lines.length ? lines.slice(last + 1) : [''];
  const before = lines
    .slice(0, last + 1)
    .map((text, i) => (i === last && !text.endsWith('\r') ? text + ending : text));
  return [...before, line + ending, ...tail].join('\n');
}

function mainEnd(lines: readonly string[]): number {
  const section = lines.findIndex((line) => /^\[[^\]]*\]\s*$/.test(line));
  return section < 0 ? lines.length : section;
}
