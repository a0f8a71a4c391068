/** Where two runs of bytes differ, up to the end of the shorter one. */
export interface RangeDiff {
  /** How many bytes differ. */
  readonly differing: number;
  /** How many were compared; what one has beyond the other is not. */
  readonly compared: number;
  /** The first places, in bytes: from, and the first equal byte after. Equal bytes fewer than 16 in a row are inside. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
  /** How many further places there are. */
  readonly more: number;
}

const MOST_RANGES = 8;
const BRIDGED = 16;

/** In: two files, or parts of them. Out: where they differ. */
export function differingRanges(a: Uint8Array, b: Uint8Array): RangeDiff {
  const compared = Math.min(a.length, b.length);
  const ranges: { from: number; to: number }[] = [];
  let differing = 0;
  let more = 0;
  let to = -Infinity;
  for (let at = 0; at < compared; at += 1) {
    if (a[at] === b[at]) continue;
    differing += 1;
    const last = ranges.at(-1);
    if (at - to >= BRIDGED || last === undefined) {
      if (ranges.length < MOST_RANGES) ranges.push({ from: at, to: at + 1 });
      else more += 1;
    } else if (more === 0) {
      last.to = at + 1;
    }
    to = at + 1;
  }
  return { differing, compared, ranges, more };
}
