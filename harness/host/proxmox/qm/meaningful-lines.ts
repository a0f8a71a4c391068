/** Lines of `qm` and `pvesh` that say nothing of how it went, and a transcript that has each. */
export const NOISE: readonly { readonly line: RegExp; readonly seen: string }[] = [
  { line: /^trying to acquire lock\.\.\.$/, seen: 'k01' },
  { line: /^ OK$/, seen: 'k03' },
  { line: /^unable to get memory stat for \d+ - /, seen: 'd14' },
  { line: /^Wide character in print at /, seen: 'b14' },
  { line: /^(qm|pvesh) .*\[OPTIONS\]$/, seen: 'b29' },
];

const MOST_LINES = 200;

/** @returns the lines of a stream that mean something; the last 200 of them */
export function meaningfulLines(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !NOISE.some((noise) => noise.line.test(line)))
    .slice(-MOST_LINES);
}
