import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../package.json';
import { openHost } from '../host/drivers.ts';
import { runCell } from '../run/run-cell.ts';
import { loadCells } from '../scenario/load.ts';
import { median, type Bench } from './measure.ts';

const ROUNDS = 3;
const CELL = 'local/rom-q35:rom=test/good';

/**
 * What one boot costs beyond what it has to wait for: from the agent's first answer to the result, less the settle
 * window. A real boot of the stand-in guest on this machine's QEMU.
 */
export const bootOverhead: Bench = {
  name: 'boot',
  run: async () => {
    const { cells } = await loadCells(join(import.meta.dirname, '../..'), [CELL]);
    const [cell] = cells;
    if (cell === undefined) throw new Error(`no cell ${CELL}: run this in a checkout of code43`);
    const directory = await mkdtemp(join(tmpdir(), 'code43-bench-'));
    try {
      const seconds: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const { result, seconds: whole } = await runCell(
          { ...cell, boots: ['start'] },
          await openHost(cell.host, { connections: new Map() }),
          {
            directory,
            tool: version,
            attempt: 1,
            plan: 'bench',
            signal: new AbortController().signal,
            emit: () => undefined,
          },
        );
        const agentUp = result.boots[0]?.agentUp ?? null;
        if (result.verdict !== 'pass' || agentUp === null)
          throw new Error(`${CELL}: ${result.verdict}, not a pass`);
        seconds.push(whole - agentUp - result.settle.unchanged);
      }
      return [{ what: 'overhead a boot', value: median(seconds), unit: 's', bound: { atMost: 1 } }];
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};
