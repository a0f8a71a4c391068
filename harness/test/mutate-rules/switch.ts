/** What the sources with mutants in them ask: is it this one's turn? */
declare global {
  var __mutant: (id: number) => boolean;
}

/** More questions than any test asks: the mutant runs in a circle. */
const CIRCLE = 5_000_000;

const reached = new Set<number>();
let now = 0;
let asked = 0;

globalThis.__mutant = (id) => {
  if (now === 0) reached.add(id);
  else if ((asked += 1) > CIRCLE) throw new Error('the mutant does not come to an end');
  return id === now;
};

export function awake(id: number): void {
  now = id;
  asked = 0;
}

export function asleep(): void {
  awake(0);
}

/** The mutants whose places were come by since the last call. */
export function hits(): readonly number[] {
  const all = [...reached];
  reached.clear();
  return all;
}
