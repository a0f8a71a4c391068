import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from './row.ts';
import { Bench, isAlone, scenarioOf } from './run-rows.ts';

/** Where the real traces of the rows are kept: one directory a cell. */
export const RECORDED = join(import.meta.dirname, '../../../scenarios/traces/failures');

/** The directory of a cell's trace: `failures/device-code:fault=code=43` is kept in `device-code-fault-code-43`. */
export function recordedName(cell: string): string {
  return cell.replace(/^failures\//, '').replace(/[^A-Za-z0-9]+/g, '-');
}

/**
 * Boots rows and keeps their traces. A cell that does not come to what its scenario expects is not kept; a row that
 * cannot be provoked here keeps the traces that it has.
 *
 * @param told hears a line for each cell
 */
export async function record(rows: readonly Row[], told: (line: string) => void): Promise<void> {
  const possible: Row[] = [];
  for (const row of rows.filter(({ noTrace }) => noTrace !== true)) {
    const why = (await row.needs?.()) ?? null;
    if (why === null) possible.push(row);
    else told(`${row.id}: left as it is, since ${why}`);
  }
  await recordTogether(
    possible.filter((row) => !isAlone(row)),
    told,
  );
  for (const row of possible.filter(isAlone)) await recordTogether([row], told);
}

async function recordTogether(rows: readonly Row[], told: (line: string) => void): Promise<void> {
  await using bench = await Bench.open(rows);
  const results = await bench.run(rows);
  const traces = await bench.traces();
  for (const { cell, verdict, asExpected } of results) {
    const from = traces.get(cell);
    const good = asExpected === true && from !== undefined;
    told(`${cell}: ${verdict}, ${good ? 'kept' : 'not kept'}`);
    if (good) await keep(from, join(RECORDED, recordedName(cell)));
  }
  const ran = new Set(results.map(({ cell }) => cell.split(':')[0]));
  for (const row of rows) if (!ran.has(scenarioOf(row))) told(`${row.id}: not run, not kept`);
}

async function keep(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  for (const file of ['trace.json', 'events.jsonl']) await cp(join(from, file), join(to, file));
}
