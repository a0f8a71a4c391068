import { printable, printableLines } from '../../../text/printable.ts';
import type { ConfigReport, SnapshotRow } from '../../../vmconfig/file/describe.ts';
import { paint, type TerminalOptions } from '../paint.ts';
import { wrap } from '../width.ts';
import { groupByClass } from './group-by-class.ts';
import { type Row, table } from './rows.ts';

const DESCRIPTION_LINES = 40;
const DEEPEST = 6;

/** What a VM config says, for a person: whose each key is, what is pending, the snapshots. No problems yet. */
export function renderConfig(name: string, report: ConfigReport, options: TerminalOptions): string {
  const { description, digest, keys, pending, snapshot } = report;
  const title = printable(snapshot === null ? name : `${name}, snapshot ${snapshot}`);
  return [
    ...wrap(title, options.columns).map((line) => paint(options.colour, 'bold', line)),
    `digest ${digest}`,
    ...descriptionLines(description, options),
    ...groupByClass(keys).flatMap(({ title: heading, group }) =>
      table(
        heading,
        group.map(({ key, value }) => ({ name: key, text: value })),
        options,
      ),
    ),
    ...table(
      'Pending: takes effect when the VM is stopped and started again',
      pending.map(pendingRow),
      options,
    ),
    ...table('Snapshots', report.snapshots.map(snapshotRow), options),
  ].join('\n');
}

function descriptionLines(description: string | null, options: TerminalOptions): readonly string[] {
  if (description === null || description === '') return [];
  const lines = printableLines(description, DESCRIPTION_LINES).flatMap((line) =>
    wrap(line, options.columns - 2).map((part) => `  ${part}`.trimEnd()),
  );
  return ['', paint(options.colour, 'bold', 'Description'), ...lines];
}

function pendingRow({ key, from, to, class: keyClass }: ConfigReport['pending'][number]): Row {
  const mark = keyClass === 'under-test' ? ' · under test' : '';
  return { name: key, text: `${from ?? '(not set)'} → ${to ?? '(removed)'}${mark}` };
}

function snapshotRow(row: SnapshotRow): Row {
  return {
    name: `${'  '.repeat(Math.min(row.depth, DEEPEST))}${row.name ?? '(now)'}`,
    text: snapshotText(row),
  };
}

function snapshotText(row: SnapshotRow): string {
  if (row.name === null) return 'the VM goes on from here';
  const time = row.time?.replace('T', ' ').replace('Z', ' UTC') ?? 'at an unknown time';
  return [
    time,
    row.withMemory ? 'running, with its memory' : 'disks only',
    ...(row.unfinished === null ? [] : [`unfinished: ${row.unfinished}`]),
    ...(row.description?.split('\n').slice(0, 1) ?? []),
  ].join(' · ');
}
