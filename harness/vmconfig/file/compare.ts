import { classOfKey, type KeyClass } from '../keys.ts';
import { oneSpelling } from '../one-spelling.ts';
import { parsePropertyString } from '../property-string.ts';
import { compareArgs } from './compare-args.ts';
import type { Contents } from './contents.ts';
import { listDefault } from './list-keys.ts';
import { settingValue } from './settings.ts';

/** A key whose values mean something else. */
export interface KeyDifference {
  readonly key: string;
  readonly class: KeyClass;
  /** As it is written (a description: decoded); null where the key is not set. */
  readonly from: string | null;
  readonly to: string | null;
  /** Where both are lists: the properties, or the words of args, that differ; else empty. */
  readonly parts: readonly PartDifference[];
}

export interface PartDifference {
  /** A property such as `romfile`, or of args `-set device.hostpci0.addr`, or an option such as `-append`. */
  readonly name: string;
  /** Null where it is not given; empty where an option has no value. */
  readonly from: string | null;
  readonly to: string | null;
}

// What a snapshot's section says of the snapshot itself, not of the VM.
const OF_SNAPSHOT = new Set(
  'parent snaptime snapstate vmstate runningmachine runningcpu running-nets-host-mtu'.split(' '),
);

/**
 * What differs in meaning between two configs, sorted by key. Order, white space, spellings of one value, and the name
 * of a list's default property make no difference; a property that is left out and one that has its default value do.
 */
export function compareConfigs(a: Contents, b: Contents): readonly KeyDifference[] {
  const keys = [...new Set([...a.entries.keys(), ...b.entries.keys()])].filter(
    (key) => !OF_SNAPSHOT.has(key),
  );
  const valueIn = ({ entries }: Contents, key: string) => entries.get(key)?.value ?? null;
  return [
    ...compareValue('description', a.description || null, b.description || null),
    ...keys.sort().flatMap((key) => compareValue(key, valueIn(a, key), valueIn(b, key))),
  ];
}

function compareValue(key: string, from: string | null, to: string | null): readonly KeyDifference[] {
  if (from === to) return [];
  const difference = { key, class: classOfKey(key), from, to };
  if (from === null || to === null || key === 'description') return [{ ...difference, parts: [] }];
  const parts = key === 'args' ? compareArgs(from, to) : compareLists(key, from, to);
  if (parts !== null) return parts.length === 0 ? [] : [{ ...difference, parts }];
  const same = oneSpelling(settingValue(key, from)) === oneSpelling(settingValue(key, to));
  return same ? [] : [{ ...difference, parts: [] }];
}

/** Null where the values are no lists. */
function compareLists(key: string, from: string, to: string): readonly PartDifference[] | null {
  const defaultKey = listDefault(key);
  const [left, right] = [from, to].map((value) =>
    defaultKey === null ? null : propertiesOf(value, defaultKey),
  );
  if (!left || !right) return null;
  // Where the default property is all there is, its name would say nothing.
  if ([left, right].every((list) => list.size === 1 && list.has(defaultKey ?? ''))) return null;
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name) => {
    const [was, is] = [left.get(name) ?? null, right.get(name) ?? null];
    if (was !== null && is !== null && oneSpelling(was) === oneSpelling(is)) return [];
    return [{ name, from: was, to: is }];
  });
}

function propertiesOf(list: string, defaultKey: string): ReadonlyMap<string, string> | null {
  const { properties, problems } = parsePropertyString(list, defaultKey);
  return problems.length > 0 ? null : new Map(properties.map(({ key, value }) => [key, value]));
}
