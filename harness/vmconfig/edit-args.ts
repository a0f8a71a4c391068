import { type ArgWord, splitArgs } from './args.ts';
import { ConfigEditError } from './edit-error.ts';
import type { ConfigEntry } from './entry.ts';
import { quote } from './quote.ts';

/**
 * An `args` value with `-set device.<id>.<property>=<value>` for the path `args.device.<id>.<property>`, or without it
 * where the value is null; null where no word is left. Of a path that is set twice, the last is changed and the others
 * go; all other words stay as they are written. Throws `ConfigEditError` for args whose quotes are not closed.
 */
export function withSet(entry: ConfigEntry | null, path: string, value: string | null): string | null {
  const args = entry?.value ?? '';
  const split = splitArgs(args);
  if (split.kind === 'unbalanced')
    throw new ConfigEditError(`${path}: a quote in ${quote(args)} is not closed`);
  if (value !== null && /[\s'"\\]/.test(value))
    throw new ConfigEditError(`${path} cannot be ${quote(value)}`);
  const name = path.slice('args.'.length);
  const words = withGaps(args, split.words);
  const places = words.flatMap(({ text }, index) =>
    text.startsWith(`${name}=`) && words[index - 1]?.text === '-set' ? [index - 1, index] : [],
  );
  const cut = new Set(places);
  const set = value === null ? [] : [`-set ${name}=${value}`];
  const kept = words.flatMap(({ raw, gap }, index) => {
    if (!cut.has(index)) return [{ raw, gap }];
    return index === places.at(-1) ? set.map((text) => ({ raw: text, gap })) : [];
  });
  if (places.length === 0) kept.push(...set.map((text) => ({ raw: text, gap: '' })));
  return kept.map(({ raw, gap }, index) => (index < kept.length - 1 ? raw + gap : raw)).join('') || null;
}

interface Written {
  readonly text: string;
  /** As it is written, quotes and all. */
  readonly raw: string;
  /** The white space after it; one space after the last. */
  readonly gap: string;
}

function withGaps(args: string, words: readonly ArgWord[]): readonly Written[] {
  return words.map(({ text, column, end }, index) => {
    const next = words[index + 1]?.column;
    const gap = next === undefined ? ' ' : args.slice(end - 1, next - 1);
    return { text, raw: args.slice(column - 1, end - 1), gap };
  });
}
