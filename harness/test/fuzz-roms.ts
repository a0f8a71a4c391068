import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mutant, numbers, seeds } from '../rom/fixtures/mutants.ts';
import { readAll } from '../rom/fixtures/read-all.ts';

/**
 * `npm run test:roms [-- <mutants> [<seed>]]`: reads mutants of ROMs, a million unless told. Ends with 1 at the first one
 * that makes the tool throw or work beyond its bound, and keeps it as a file.
 */
const total = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? 43);
const from = seeds();
const random = numbers(seed);
const began = performance.now();
let bytesRead = 0;
let most = 0;

for (let i = 0; i < total; i += 1) {
  const bytes = mutant(from, random);
  try {
    const { read, walked } = readAll(bytes);
    most = Math.max(most, read + walked);
  } catch (error) {
    const file = join(mkdtempSync(join(tmpdir(), 'code43-mutant-')), `${seed}-${i}.rom`);
    writeFileSync(file, bytes);
    process.stderr.write(`mutant ${i} of seed ${seed}, kept as ${file}\n`);
    throw error;
  }
  bytesRead += bytes.length;
  if ((i + 1) % 100_000 === 0) process.stderr.write(`${i + 1} mutants\n`);
}

const seconds = ((performance.now() - began) / 1000).toFixed(0);
process.stdout.write(
  `${total} mutants of ${from.small.length + from.real.length} ROMs, ${Math.round(bytesRead / 2 ** 20)} MiB, seed ${seed}: ` +
    `no exception, no hang; at most ${most} reads for one; ${seconds} s\n`,
);
