import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from '../../scenario/cell.ts';
import { loadCells } from '../../scenario/load.ts';
import type { Row } from './row.ts';
import { ownerText, scenarioOf } from './run-rows.ts';

const ROOT = join(import.meta.dirname, '../../..');

/**
 * The cells of these rows, loaded as on a machine whose owner allows what they need.
 *
 * @throws Error where a scenario has a problem, or a row no scenario
 */
export async function cellsOf(rows: readonly Row[]): Promise<readonly Cell[]> {
  const folder = await mkdtemp(join(tmpdir(), 'code43-failures-'));
  try {
    const owner = join(folder, 'hosts.yaml');
    await writeFile(owner, ownerText(rows));
    const { cells, problems } = await loadCells(ROOT, rows.map(scenarioOf), { owner });
    if (problems[0] !== undefined) throw new Error(`${problems[0].file}: ${problems[0].message}`);
    return cells;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
