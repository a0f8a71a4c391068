import { ConfigEditError } from './edit-error.ts';
import type { ConfigEntry } from './entry.ts';
import { classOfKey } from './keys.ts';
import { parsePropertyString, type Property } from './property-string.ts';
import { quote } from './quote.ts';
import { defaultProperty } from './values.ts';

/**
 * A key's property list with the property of the path (`hostpci0.romfile`) set, or removed with null; null where
 * nothing is left of it. Throws `ConfigEditError` for a key that is not there or holds no list.
 */
export function withListProperty(
  entry: ConfigEntry | null,
  path: string,
  value: string | null,
): string | null {
  const key = path.slice(0, path.indexOf('.'));
  const property = path.slice(key.length + 1);
  if (entry === null) {
    if (value === null) return null;
    throw new ConfigEditError(`${path}: the config has no ${key} to set it on`);
  }
  const defaultKey = defaultProperty(key) ?? '';
  const { properties: parts, problems } = parsePropertyString(entry.value, defaultKey);
  const plain = defaultKey === '' && classOfKey(key) === 'under-test';
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
