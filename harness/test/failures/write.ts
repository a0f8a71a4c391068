import { writeFile } from 'node:fs/promises';
import { CATALOGUE } from './catalogue.ts';
import { DEVICE_ROWS } from './device-rows.ts';
import { cataloguePage, PAGE } from './page.ts';
import { record } from './record.ts';

// Writes docs/failures.md; with --record it also boots every row, or those that are named, and keeps their traces.
const [option, ...named] = process.argv.slice(2);
await writeFile(PAGE, await cataloguePage([...CATALOGUE, ...DEVICE_ROWS]));
if (option === '--record') {
  const rows = CATALOGUE.filter(({ id }) => named.length === 0 || named.includes(id));
  await record(rows, (line) => process.stdout.write(`${line}\n`));
}
