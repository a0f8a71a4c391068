import { printable, printableLines } from '../../../text/printable.ts';
import type { KeyDifference, PartDifference } from '../../../vmconfig/file/compare.ts';
import type { TerminalOptions } from '../paint.ts';
import { wrap } from '../width.ts';
import { groupByClass } from './group-by-class.ts';
import { type Row, table } from './rows.ts';

const NOT_SET = '(not set)';
const DESCRIPTION_LINES = 10;

/** What differs between two configs, for a person; one line where nothing does. */
export function renderConfigDiff(
  names: { readonly from: string; readonly to: string },
  differences: readonly KeyDifference[],
  options: TerminalOptions,
): string {
  const title = `${printable(names.from)} → ${printable(names.to)}`;
  if (differences.length === 0) return wrap(`${title}: no difference in meaning`, options.columns).join('\n');
  const groups = groupByClass(differences).flatMap(({ title: heading, group }) =>
    table(heading, group.flatMap(rowsOf), options),
  );
  return [...wrap(title, options.columns), ...groups].join('\n');
}

function rowsOf({ key, from, to, parts }: KeyDifference): readonly Row[] {
  if (key === 'description') return descriptionRows(from, to);
  if (parts.length === 0) return [{ name: key, text: `${from ?? NOT_SET} → ${to ?? NOT_SET}` }];
  return parts.map((part, index) => ({ name: index === 0 ? key : '', text: partText(part) }));
}

function descriptionRows(from: string | null, to: string | null): readonly Row[] {
  const lines = [...descriptionLines('-', from), ...descriptionLines('+', to)];
  return lines.map((text, index) => ({ name: index === 0 ? 'description' : '', text }));
}

function descriptionLines(mark: string, description: string | null): readonly string[] {
  return description === null
    ? []
    : printableLines(description, DESCRIPTION_LINES).map((line) => `${mark} ${line}`);
}

function partText({ name, from, to }: PartDifference): string {
  // An option without a value is there or not, nothing more.
  const shown = (value: string | null) => (value === null ? NOT_SET : value === '' ? '(set)' : value);
  return `${name}: ${shown(from)} → ${shown(to)}`;
}
