// `npm run check`: all that can be said of the sources without a person, two parts at a time.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '../../node_modules/.bin');

/** The longest first, so that the short ones fill the gaps. */
const PARTS = [
  { name: 'tests', command: ['vitest', 'run', '--coverage', '--reporter=dot'] },
  { name: 'lint', command: ['eslint', '--max-warnings=0', '.'] },
  { name: 'types', command: ['tsc'] },
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '.'] },
  { name: 'dead code', command: ['knip', '--no-progress'] },
];

/**
 * Runs one part and prints what it said when it has ended.
 * @param {{ name: string, command: string[] }} part
 * @returns {Promise<boolean>} whether all is well
 */
async function run({ name, command: [program = '', ...words] }) {
  const began = performance.now();
  const child = spawn(join(bin, program), words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (/** @type {Buffer} */ chunk) => (said += chunk.toString()));
  /** @type {number | null} */
  const code = await new Promise((resolve) => void child.once('close', resolve));
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  // The tests' summary is worth reading when all is well, too; the rest says nothing then.
  if (code !== 0 || name === 'tests') console.log(said.trim());
  return code === 0;
}

const waiting = [...PARTS];
/** @type {boolean[]} */
const results = [];
async function lane() {
  for (let part = waiting.shift(); part; part = waiting.shift()) results.push(await run(part));
}

await Promise.all([lane(), lane()]);
process.exitCode = results.every(Boolean) ? 0 : 1;
