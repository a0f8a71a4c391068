import { parseArgs } from 'node:util';
import { checkMutant } from './check-mutant.ts';
import { deceptionText, originals, runMutants } from './run.ts';

const HELP = `Mutates every committed trace, and some made-up ones, and holds the judge to them.

  npm run test:mutants -- [--count <mutants of each trace>] [--seed <number>]
  npm run test:mutants -- --trace <name> --mutant <number>

Exit code 0: no mutant deceived the judge. 1: some did; each is shown with as few mutations as still deceive.
`;
/** A few minutes; more than ten thousand of what is committed. */
const COUNT = 1_650;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: String(COUNT) },
    seed: { type: 'string', default: String(Date.now() % 2 ** 32) },
    trace: { type: 'string' },
    mutant: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function numberFrom(option: string, text: string): number {
  const number = Number(text);
  if (text !== '' && Number.isSafeInteger(number) && number >= 0) return number;
  say(`--${option} wants a whole number, not ${text}`);
  process.exit(2);
}

if (values.help) {
  say(HELP);
  process.exit(0);
}
const count = numberFrom('count', values.count);
const seed = numberFrom('seed', values.seed);
const wanted = values.trace;
const all = (await originals()).filter(({ name }) => wanted === undefined || name === wanted);
if (all.length === 0) {
  say(`no trace is called ${wanted ?? ''}`);
  process.exit(2);
}

if (values.mutant !== undefined) {
  const mutant = numberFrom('mutant', values.mutant);
  const deceptions = all.map((original) => checkMutant(original, mutant)).filter((found) => found !== null);
  say(deceptions.length === 0 ? 'It does not deceive the judge.' : deceptions.map(deceptionText).join('\n'));
  process.exit(deceptions.length === 0 ? 0 : 1);
}

say(`${all.length} traces, ${count} mutants of each, seed ${seed}`);
const began = performance.now();
let at = 0;
const { mutants, deceptions } = runMutants(all, count, seed, (news) => {
  if ('did' in news) say(deceptionText(news));
  else say(`[${(at += 1)}/${all.length}] ${news.name} (${news.shown.result.verdict})`);
});
const seconds = ((performance.now() - began) / 1000).toFixed(0);
say(
  `${mutants} mutants in ${seconds} s, ${deceptions.length} deceived the judge. Again: --seed ${seed} --count ${count}`,
);
process.exitCode = mutants > 0 && deceptions.length === 0 ? 0 : 1;
