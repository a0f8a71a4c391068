export interface Numbers {
  readonly from: number;
  readonly to: number;
}

const LOWEST = 9100;
const SIZE = 100;
const HIGHEST = 999_999_999;

/**
 * A hundred numbers for clones, none of them taken: above the highest that is, for Proxmox VE itself gives the lowest
 * free one to what people make; from 9100 on.
 */
export function freeNumbers(taken: readonly number[]): Numbers {
  const highest = Math.max(0, ...taken);
  const above = Math.max(LOWEST, Math.ceil((highest + 1) / SIZE) * SIZE);
  let from = above + SIZE - 1 > HIGHEST ? LOWEST : above;
  while (takenIn({ from, to: from + SIZE - 1 }, taken).length > 0) from += SIZE;
  return { from, to: from + SIZE - 1 };
}

/** Which numbers of a range are taken. */
export function takenIn({ from, to }: Numbers, taken: readonly number[]): readonly number[] {
  return taken.filter((number) => number >= from && number <= to);
}
