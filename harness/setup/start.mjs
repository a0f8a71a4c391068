// `npm start`: set-up, then the main job: replay the recorded cases, boot the demo scenarios, build the site.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setUp } from './setup.mjs';

const directory = join(import.meta.dirname, '../..');
const began = performance.now();

const STEPS = [
  { what: 'The reported case', words: ['replay', 'scenarios/traces/n100'] },
  {
    what: "Demo scenarios on this machine's QEMU",
    words: ['run', 'scenarios/local', '--junit', 'reports/runs/junit.xml'],
  },
  { what: 'Report', words: ['report'] },
];
const INTERRUPTED = 130;
/** Which exit code speaks for all: the first of these that any step gave. */
const GRAVEST = [INTERRUPTED, 3, 2, 1];

/**
 * Runs code43 with its output on this terminal. A terminal sends Ctrl-C to both of us: then only the command acts on
 * it. Without a terminal, and for other signals, it is passed on.
 * @param {readonly string[]} words
 * @returns {Promise<number>} exit code
 */
function code43(words) {
  const child = spawn(process.execPath, ['harness/cli/bin.mjs', ...words], {
    cwd: directory,
    stdio: 'inherit',
  });
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, passOn);
  return new Promise((resolve) => {
    child.once('error', () => {
      resolve(3);
    });
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, passOn);
      resolve(code ?? (signal === 'SIGINT' ? INTERRUPTED : 3));
    });
  });
}

const { missing } = await setUp({ need: 'start' });
/** @type {number[]} */
const codes = [];
for (const { what, words } of STEPS) {
  // After a Ctrl-C only the report is still made, of what was finished.
  if (codes.includes(INTERRUPTED) && words[0] !== 'report') continue;
  console.error(`\n${what}: code43 ${words.join(' ')}`);
  codes.push(await code43(words));
}

const seconds = ((performance.now() - began) / 1000).toFixed(0);
for (const sentence of missing) console.error(`skipped, because: ${sentence}`);
console.error(
  `\nThe page: ${join(directory, 'reports/site/index.html')}\nJUnit:    ${join(directory, 'reports/runs/junit.xml')}`,
);
console.error(`npm start took ${seconds} s`);
process.exitCode =
  GRAVEST.find((code) => codes.includes(code)) ?? (codes.every((code) => code === 4) ? 4 : 0);
