import { NotInStandIn } from './refusal.ts';

/** `none`: stands alone; `value`: takes the next word; `maybe`: takes the next word where that looks like a number. */
export type Takes = 'none' | 'value' | 'maybe';

/** An option by its long name, and what it is called with one dash. */
export type GnuOptions = Readonly<Record<string, readonly [Takes, string?]>>;

/** Reads options as GNU programs do: `-n 5`, `-n5`, `-kf`, `--lines=5`. @throws NotInStandIn any other word */
export function readGnuOptions(argv: readonly string[], known: GnuOptions): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  const left = [...argv];
  const byLetter = new Map(
    Object.entries(known).flatMap(([name, [, letter]]) =>
      letter === undefined ? [] : [[letter, name] as const],
    ),
  );
  const take = (name: string | undefined, word: string, joined: string | undefined): void => {
    const takes = name === undefined ? undefined : known[name]?.[0];
    if (name === undefined || takes === undefined) throw new NotInStandIn(`the option ${word}`);
    const next = takes === 'value' || (takes === 'maybe' && /^[-+]?\d+$/.test(left[0] ?? ''));
    given.set(name, joined ?? (next ? (left.shift() ?? '') : ''));
  };
  while (left.length > 0) {
    const word = left.shift() ?? '';
    const [, long, value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (long !== undefined) {
      take(long, word, value);
      continue;
    }
    if (!/^-[A-Za-z]/.test(word)) throw new NotInStandIn(`the word ${word}`);
    for (let rest = word.slice(1); rest !== '';) {
      const name = byLetter.get(rest[0] ?? '');
      const alone = name === undefined || known[name]?.[0] === 'none';
      take(name, word, alone || rest.length === 1 ? undefined : rest.slice(1));
      rest = alone ? rest.slice(1) : '';
    }
  }
  return given;
}
