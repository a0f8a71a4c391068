import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findImage } from '../../guest/image/image.ts';
import { judge } from '../../judge/judge.ts';
import { findTraces, loadTrace } from '../../trace/store.ts';
import { needsGuests, skips } from '../tier.ts';
import { CATALOGUE } from './catalogue.ts';
import { cellsOf } from './cells-of.ts';
import { cataloguePage, PAGE } from './page.ts';
import { RECORDED, recordedName } from './record.ts';
import { ROWS } from './rows.ts';
import { Bench, cameTo, isAlone, scenarioOf, type RowResult } from './run-rows.ts';

const guestTest = await needsGuests('standin-windows');
const isBuilt = (await findImage('standin-windows')) !== null;
const missing = new Map(
  await Promise.all(
    CATALOGUE.map(async ({ id, needs }) => [id, isBuilt && needs ? await needs() : null] as const),
  ),
);

describe('each way a boot can go wrong is provoked, and told apart by verdict and first finding', () => {
  const results = new Map<string, RowResult>();
  let bench: Bench | null = null;

  // One run boots all rows that can share one, several at a time.
  beforeAll(async () => {
    if (!isBuilt) return;
    bench = await Bench.open(CATALOGUE);
    const rows = CATALOGUE.filter((row) => !isAlone(row) && missing.get(row.id) === null);
    for (const result of await bench.run(rows)) results.set(result.cell, result);
  }, 900_000);
  afterAll(async () => {
    await bench?.[Symbol.asyncDispose]();
  });

  for (const row of CATALOGUE) {
    const reason = missing.get(row.id) ?? null;
    (reason === null ? guestTest : skips(`optional: ${reason}`))(row.id, async () => {
      if (isAlone(row)) {
        await using alone = await Bench.open([row]);
        for (const result of await alone.run([row])) results.set(result.cell, result);
      }
      // What is expected stands in the scenario: the verdict, and the finding that comes first.
      const result = results.get(scenarioOf(row));
      expect(result?.asExpected, cameTo(result)).toBe(true);
    });
  }
});

test('docs/failures.md is what the rows and their scenarios say', async () => {
  expect(await readFile(PAGE, 'utf8')).toBe(await cataloguePage(ROWS));
});

test('every cell of every row has been recorded as it is today, and its trace gives the same verdict anywhere', async () => {
  const recorded = await findTraces(RECORDED);
  const cells = await cellsOf(ROWS.filter((row) => row.noTrace !== true));
  const names = recorded.map((directory) => basename(directory));
  expect(names.sort()).toEqual(cells.map(({ id }) => recordedName(id)).sort());
  for (const { id, boots, settle, expect: expected } of cells) {
    const trace = await loadTrace(join(RECORDED, recordedName(id)));
    expect(trace.header.cell).toMatchObject({ id, boots, settle, expect: expected });
    const { verdict, findings, asExpected } = judge(trace);
    expect({ id, verdict, first: findings[0]?.id, asExpected }).toMatchObject({ asExpected: true });
  }
});
