import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, mutantText } from './mutant.ts';
import { type Outcome, runMutants, type Tests } from './run-mutants.ts';
import { withMutants } from './with-mutants.ts';

/** Per cent. */
const FLOOR = 85;
const HELP = `Makes small mistakes in the rules of code43 diagnose, one at a time, and counts which of them the tests see.

  npm run mutate:rules -- [<file or folder> …]   default: all rules, reason.ts, rank.ts and outcome.ts

Lists every mistake that no test sees. Exit code 0: the tests see at least ${FLOOR} % of them. 1: they see fewer.
`;
const ROOT = join(import.meta.dirname, '../../..');
const DIAGNOSIS = 'harness/diagnosis';
const SOURCES = [
  `${DIAGNOSIS}/rules`,
  ...['reason', 'rank', 'outcome'].map((name) => `${DIAGNOSIS}/${name}.ts`),
];
const TESTS: readonly Tests[] = [
  { files: [`${DIAGNOSIS}/rules/*.test.ts`, `${DIAGNOSIS}/{reason,rank,outcome}.test.ts`] },
  { files: [`${DIAGNOSIS}/diagnose.test.ts`], names: /whole inputs/ },
];
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function filesIn(path: string): Promise<readonly string[]> {
  if (path.endsWith('.ts')) return [path];
  const names = await readdir(join(ROOT, path));
  return names.filter((name) => /(?<!\.test)\.ts$/.test(name)).map((name) => `${path}/${name}`);
}

function percent(some: number, all: number): string {
  return all === 0 ? '–' : `${((100 * some) / all).toFixed(1)} %`;
}

function report(mutants: readonly Mutant[], { killed, reached }: Outcome): void {
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    const own = mutants.filter((mutant) => mutant.file === file);
    const alive = own.filter(({ id }) => !killed.has(id));
    say(
      `${file}: ${own.length - alive.length} of ${own.length}, ${percent(own.length - alive.length, own.length)}`,
    );
    for (const mutant of alive)
      say(`  ${mutantText(mutant)}${reached.has(mutant.id) ? '' : '  (no test comes by)'}`);
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', default: false } },
});
if (values.help) {
  say(HELP);
  process.exit(0);
}
const began = performance.now();
const mutants: Mutant[] = [];
const codes = new Map<string, string>();
for (const path of positionals.length === 0 ? SOURCES : positionals) {
  for (const file of await filesIn(path)) {
    const made = withMutants(file, await readFile(join(ROOT, file), 'utf8'), mutants.length + 1);
    mutants.push(...made.mutants);
    codes.set(file, made.code);
  }
}
say(`${mutants.length} mutants in ${codes.size} files`);
const outcome = await runMutants(codes, mutants, TESTS, say);
report(mutants, outcome);
const seconds = ((performance.now() - began) / 1000).toFixed(0);
say(
  `${outcome.killed.size} of ${mutants.length} mutants killed, ${percent(outcome.killed.size, mutants.length)}, in ${seconds} s`,
);
process.exitCode = outcome.killed.size * 100 >= mutants.length * FLOOR ? 0 : 1;
