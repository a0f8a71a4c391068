import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median, type Bench } from './measure.ts';

const PAIRS = 21;
const bin = join(import.meta.dirname, '../cli/bin.mjs');
const run = promisify(execFile);

/** How long `code43 --version` takes against `node -e 0`: in pairs, so that what slows the machine slows both. */
export const startUp: Bench = {
  name: 'start-up',
  run: async () => {
    await seconds(bin, '--version'); // builds the bundle where there is none
    const ratios: number[] = [];
    const times: number[] = [];
    for (let pair = 0; pair < PAIRS; pair++) {
      const bare = await seconds('-e', '0');
      const ours = await seconds(bin, '--version');
      ratios.push(ours / bare);
      times.push(ours * 1000);
    }
    return [
      { what: 'code43 --version / node -e 0', value: median(ratios), unit: '×', bound: { atMost: 3 } },
      { what: 'code43 --version', value: median(times), unit: 'ms', bound: { atMost: Infinity } },
    ];
  },
};

async function seconds(...words: readonly string[]): Promise<number> {
  const began = performance.now();
  await run(process.execPath, words);
  return (performance.now() - began) / 1000;
}
