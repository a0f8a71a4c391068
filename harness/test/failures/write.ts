import { writeFile } from 'node:fs/promises';
import { cataloguePage, PAGE } from './page.ts';
import { record } from './record.ts';
import { ROWS } from './rows.ts';

// Writes docs/failures.md; with --record it also boots every row, or those that are named, and keeps their traces.
const [option, ...named] = process.argv.slice(2);
const unknown = named.filter((name) => ROWS.every(({ id }) => id !== name));
if (unknown.length > 0)
  throw new Error(`no row is called ${unknown.join(', ')}; docs/failures.md lists them`);
await writeFile(PAGE, await cataloguePage(ROWS));
if (option === '--record') {
  const rows = ROWS.filter(({ id }) => named.length === 0 || named.includes(id));
  await record(rows, (line) => process.stdout.write(`${line}\n`));
}
