import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, type Bench, type Measure } from './measure.ts';

const PAIRS = 21;
const LINES = 500;
const bin = join(import.meta.dirname, '../cli/bin.mjs');

/** How long a command takes against `node -e 0`: in pairs, so that what slows the machine slows both. */
export const startUp: Bench = {
  name: 'start-up',
  run: async () => {
    await seconds(bin, '--version'); // builds the bundle where there is none
    const directory = await mkdtemp(join(tmpdir(), 'code43-bench-'));
    try {
      const dmesg = join(directory, 'dmesg.txt');
      await writeFile(dmesg, log(LINES));
      return [
        ...(await measures('code43 --version', ['--version'], 3)),
        // 0.4 s where Node itself takes 0.1 s.
        ...(await measures(`code43 diagnose, ${LINES} lines of dmesg`, ['diagnose', dmesg], 4)),
      ];
    } finally {
      await rm(directory, { recursive: true });
    }
  },
};

async function measures(what: string, words: readonly string[], atMost: number): Promise<readonly Measure[]> {
  const ratios: number[] = [];
  const times: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const bare = await seconds('-e', '0');
    const ours = await seconds(bin, ...words);
    ratios.push(ours / bare);
    times.push(ours * 1000);
  }
  return [
    { what: `${what} / node -e 0`, value: median(ratios), unit: '×', bound: { atMost } },
    { what, value: median(times), unit: 'ms', bound: { atMost: Infinity } },
  ];
}

/** Whatever the answer is, it must be one: 0, 1 or 4. */
async function seconds(...words: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === null || ![0, 1, 4].includes(code)) throw new Error(`${words.join(' ')} ended with ${code}`);
  return (performance.now() - began) / 1000;
}

/** A log of a boot: a line in a hundred means something. */
function log(lines: number): string {
  const found = 'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff';
  const texts = Array.from({ length: lines }, (_, n) => {
    const message =
      n % 100 === 50 ? found : `pci 0000:00:1c.${n % 8}: PME# supported from D0 D3hot D3cold (${n})`;
    return `[${(n / 50).toFixed(6).padStart(12)}] ${message}\n`;
  });
  return texts.join('');
}
