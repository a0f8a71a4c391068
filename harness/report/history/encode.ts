import { bytes } from './clip.ts';
import { LINE_BYTES, type HistoryLine } from './line.ts';

/** Takes one thing away that a reader misses least; null where nothing is left to take. */
type Shortening = (line: HistoryLine) => HistoryLine | null;

/** In this order: what is furthest from the verdict goes first. The cell's id repeats the axes. */
const SHORTENINGS: readonly Shortening[] = [
  (line) => lessFindings(line, 1),
  (line) => lessOf(line, 'facts', 2),
  (line) => lessOf(line, 'axes', 0),
  lessBoots,
  (line) => lessOf(line, 'facts', 0),
  (line) => lessFindings(line, 0),
];

/**
 * The run as one line of history, its newline included: at most `LINE_BYTES` bytes, whatever the run was. What finds no
 * room is counted in `omitted`.
 */
export function encodeLine(line: HistoryLine): string {
  const text = `${JSON.stringify(line)}\n`;
  if (bytes(text) <= LINE_BYTES) return text;
  for (const shorten of SHORTENINGS) {
    const shorter = shorten(line);
    if (shorter !== null) return encodeLine(shorter);
  }
  throw new RangeError(`a history line of ${bytes(text)} bytes cannot be made shorter`);
}

function lessFindings(line: HistoryLine, floor: number): HistoryLine | null {
  if (line.findings.length <= floor) return null;
  const omitted = { ...line.omitted, findings: line.omitted.findings + 1 };
  return { ...line, findings: line.findings.slice(0, -1), omitted };
}

function lessBoots(line: HistoryLine): HistoryLine | null {
  if (line.boots.length === 0) return null;
  return {
    ...line,
    boots: line.boots.slice(0, -1),
    omitted: { ...line.omitted, boots: line.omitted.boots + 1 },
  };
}

function lessOf(line: HistoryLine, what: 'axes' | 'facts', floor: number): HistoryLine | null {
  const all = Object.entries(what === 'axes' ? line.axes : line.host.facts);
  if (all.length <= floor) return null;
  const kept = Object.fromEntries(all.slice(0, -1));
  const omitted = { ...line.omitted, [what]: line.omitted[what] + 1 };
  return what === 'axes'
    ? { ...line, axes: kept, omitted }
    : { ...line, host: { ...line.host, facts: kept }, omitted };
}
