import { type ExtraArg, extraArgs } from './extra-args.ts';
import { classOfKey } from './keys.ts';
import type { ConfigEntry } from './entry.ts';
import { parseVmConfig, type VmConfig } from './parse.ts';
import { byText, encode } from './canonical.ts';
import { oneSpelling } from './one-spelling.ts';
import { parsePropertyString } from './property-string.ts';
import { defaultProperty } from './values.ts';

/** The entries that a scenario tries out, in the order of the text; the rest belongs to the guest or is refused. */
export function underTest(config: VmConfig): readonly ConfigEntry[] {
  return config.entries.filter((entry) => classOfKey(entry.key) === 'under-test');
}

/**
 * The config under test in one spelling, for the digest that is a cell's identity: keys, properties and `-set`s
 * sorted, of a `-set` given twice the last, booleans as 0 or 1, no white space. The ROM's file name is left out:
 * the ROM's digest stands for it.
 */
export function canonicalUnderTest(text: string): string {
  const config = parseVmConfig(text);
  return underTest(config)
    .map(({ key, value }) => `${key}:${key === 'args' ? canonicalArgs(config) : canonicalValue(key, value)}`)
    .sort(byText)
    .join('|');
}

function canonicalValue(key: string, value: string): string {
  const defaultKey = defaultProperty(key);
  if (defaultKey === null) return encode(oneSpelling(value));
  const { properties, problems } = parsePropertyString(value, defaultKey);
  if (problems.length > 0) return encode(value);
  return properties
    .filter((property) => property.key !== 'romfile')
    .map((property) => `${encode(property.key)}=${encode(oneSpelling(property.value))}`)
    .sort(byText)
    .join(',');
}

function canonicalArgs(config: VmConfig): string {
  const sets = new Map<string, string>();
  const others: ExtraArg[] = [];
  for (const arg of extraArgs(config)) {
    if (arg.kind !== 'set') others.push(arg);
    else if (arg.property !== 'romfile') sets.set(`${arg.device}.${arg.property}`, arg.value);
  }
  return [
    ...[...sets].map(([path, value]) => `${path}=${encode(value)}`).sort(byText),
    ...others.map((arg) => (arg.kind === 'set' ? '' : encode(arg.text))),
  ].join(',');
}
