import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from './row.ts';
import { Bench, isAlone, scenarioOf } from './run-rows.ts';

/** Where the real trace of each row is kept: one directory a row. */
export const RECORDED = join(import.meta.dirname, '../../../scenarios/traces/failures');

/**
 * Boots rows and keeps their traces. A row that does not come to what its scenario expects is not kept; one that cannot
 * be provoked here keeps the trace that it has.
 *
 * @param told hears a line for each row
 */
export async function record(rows: readonly Row[], told: (line: string) => void): Promise<void> {
  const possible: Row[] = [];
  for (const row of rows) {
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
  const results = new Map((await bench.run(rows)).map((result) => [result.cell, result]));
  for (const row of rows) {
    const result = results.get(scenarioOf(row));
    const from = await bench.traceOf(row);
    const good = result?.asExpected === true && from !== null && row.noTrace !== true;
    told(`${row.id}: ${result?.verdict ?? 'not run'}, ${good ? 'kept' : 'not kept'}`);
    if (!good) continue;
    const to = join(RECORDED, row.id);
    await rm(to, { recursive: true, force: true });
    await mkdir(to, { recursive: true });
    for (const file of ['trace.json', 'events.jsonl']) await cp(join(from, file), join(to, file));
  }
}
