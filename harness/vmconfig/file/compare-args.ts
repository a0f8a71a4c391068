import { splitArgs } from '../args.ts';
import type { PartDifference } from './compare.ts';

interface Option {
  readonly name: string;
  readonly value: string;
}

const ORDER = 'order of the options';

/**
 * What differs between two values of `args`: what `-set` gives by its path (of a path that is set twice the last),
 * all else option by option. Empty where nothing does; null where one of them cannot be split into words.
 */
export function compareArgs(from: string, to: string): readonly PartDifference[] | null {
  const [left, right] = [optionsOf(from), optionsOf(to)];
  return left === null || right === null
    ? null
    : [...compareSets(left, right), ...compareOptions(left, right)];
}

function compareSets(left: readonly Option[], right: readonly Option[]): readonly PartDifference[] {
  const [was, is] = [setsOf(left), setsOf(right)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((path) => ({ name: `-set ${path}`, from: was.get(path) ?? null, to: is.get(path) ?? null }))
    .filter((part) => part.from !== part.to);
}

function compareOptions(left: readonly Option[], right: readonly Option[]): readonly PartDifference[] {
  const gone = byName(without(left, right));
  const added = byName(without(right, left));
  const parts = [...new Set([...gone.keys(), ...added.keys()])].flatMap((name) => {
    const [was, is] = [gone.get(name) ?? [], added.get(name) ?? []];
    return Array.from({ length: Math.max(was.length, is.length) }, (_, index) => {
      return { name, from: was[index] ?? null, to: is[index] ?? null };
    });
  });
  const [was, is] = [inOrder(left), inOrder(right)];
  return parts.length > 0 || was === is ? parts : [{ name: ORDER, from: was, to: is }];
}

/** The options with the words that follow them; null for args that Proxmox drops. */
function optionsOf(args: string): readonly Option[] | null {
  const split = splitArgs(args);
  if (split.kind === 'unbalanced') return null;
  const options: { name: string; values: string[] }[] = [];
  for (const { text } of split.words) {
    const last = options.at(-1);
    if (last === undefined || text.startsWith('-')) options.push({ name: text, values: [] });
    else last.values.push(text);
  }
  return options.map(({ name, values }) => ({ name, value: values.map(asWord).join(' ') }));
}

function setsOf(options: readonly Option[]): ReadonlyMap<string, string> {
  return new Map(options.filter(isSet).map(({ value }) => split(value)));
}

function isSet({ name, value }: Option): boolean {
  return name === '-set' && /^[^=\s]+=/.test(value);
}

function split(value: string): [path: string, value: string] {
  const at = value.indexOf('=');
  return [value.slice(0, at), value.slice(at + 1)];
}

/** Those of the first list that the second does not have, each as often as it lacks them. */
function without(options: readonly Option[], others: readonly Option[]): Option[] {
  const left = new Map<string, number>();
  for (const option of others) left.set(textOf(option), (left.get(textOf(option)) ?? 0) + 1);
  return options.filter((option) => {
    const count = left.get(textOf(option)) ?? 0;
    left.set(textOf(option), count - 1);
    return !isSet(option) && count <= 0;
  });
}

function byName(options: readonly Option[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const { name, value } of options) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return values;
}

function inOrder(options: readonly Option[]): string {
  return options
    .filter((option) => !isSet(option))
    .map(textOf)
    .join(' ');
}

function textOf({ name, value }: Option): string {
  return value === '' ? name : `${name} ${value}`;
}

/** A word with its borders to be seen, as it may stand in args. */
function asWord(word: string): string {
  return /^[^\s'"\\]+$/.test(word) ? word : `'${word.replaceAll(/[\\']/g, '\\$&')}'`;
}
