import { printable } from '../../text/printable.ts';
import type { Rejudged } from '../history/rejudged.ts';
import { indented } from './finding.ts';
import { paint, type TerminalOptions } from './paint.ts';
import { wrap } from './width.ts';

/** What judging again amounted to, beside the runs that it tells one by one. */
export interface RejudgedCounts {
  readonly same: number;
  /** Nothing was recorded or expected of them. */
  readonly open: number;
  readonly newer: number;
  readonly leftOut: number;
}

/** Every run that is judged otherwise, with both judgements and the findings that came and went; then the sums. */
export function renderRejudged(
  changed: readonly Rejudged[],
  counts: RejudgedCounts,
  options: TerminalOptions,
): string {
  const lines = [
    ...changed.flatMap((run) => [...changedLines(run, options), '']),
    ...sums(changed, counts, options),
  ];
  return `${lines.join('\n')}\n`;
}

function changedLines(run: Rejudged, options: TerminalOptions): readonly string[] {
  const cell = wrap(printable(run.cell, 200), options.columns);
  return [
    ...cell.map((line) => paint(options.colour, 'bold', line)),
    ...indented(`run ${printable(run.run, 140)}`, 2, options),
    ...indented(rules(run), 2, options),
    ...run.changed.flatMap(({ what, before, now }) =>
      indented(`${what}: ${printable(before, 200)} → ${printable(now, 200)}`, 4, options),
    ),
    ...because(run, options),
  ];
}

function rules({ against, rulesBefore, rules: now }: Rejudged): string {
  if (against === 'expectation') return `expected → judged by rules ${printable(now, 20)}:`;
  // The same rules cannot say two things: somebody changed them and kept the number.
  if (rulesBefore === now)
    return `rules ${printable(now, 20)}, changed without a new version, so not recorded:`;
  return `rules ${printable(rulesBefore ?? '', 20)} → ${printable(now, 20)}:`;
}

function because({ came, went }: Rejudged, options: TerminalOptions): readonly string[] {
  const say = (what: string, ids: readonly string[]): readonly string[] =>
    ids.length === 0 ? [] : indented(`${what}: ${ids.map((id) => printable(id, 80)).join(', ')}`, 4, options);
  return [...say('no longer found', went), ...say('newly found', came)];
}

function sums(
  changed: readonly Rejudged[],
  { same, open, newer, leftOut }: RejudgedCounts,
  options: TerminalOptions,
): readonly string[] {
  const all = changed.length + same + open + newer;
  const parts = [
    `${changed.length} changed`,
    `${same} as before`,
    ...(open === 0 ? [] : [`${open} with nothing to hold against`]),
    ...(newer === 0 ? [] : [`${newer} judged by newer rules than these, left alone`]),
    ...(leftOut === 0 ? [] : [`${leftOut} left out`]),
  ];
  return wrap(`${all} ${all === 1 ? 'trace' : 'traces'}: ${parts.join(', ')}.`, options.columns);
}
