import type { KeyClass } from '../../../vmconfig/keys.ts';

/** What each class of keys is called, in the order of interest. */
const TITLES: Readonly<Record<KeyClass, string>> = {
  'under-test': 'Under test',
  guest: "The guest's own",
  refused: 'Never taken from a scenario',
  unknown: 'Not known to code43, so refused on a real host',
};

/** The things by class, in the order of `TITLES`; a class without any is left out. */
export function groupByClass<T extends { readonly class: KeyClass }>(
  things: readonly T[],
): readonly { readonly title: string; readonly group: readonly T[] }[] {
  return (Object.keys(TITLES) as KeyClass[])
    .map((name) => ({ title: TITLES[name], group: things.filter((thing) => thing.class === name) }))
    .filter(({ group }) => group.length > 0);
}
