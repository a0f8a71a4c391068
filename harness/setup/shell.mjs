import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {{ code: number, stdout: string, stderr: string }} Outcome */

/**
 * Runs a program without a shell and waits for its end. Set-up has no packages yet, so this is all there is.
 * @param {readonly string[]} argv
 * @param {{ env?: NodeJS.ProcessEnv, input?: string, show?: boolean, cwd?: string }} [options]
 *   `show`: its output goes to stderr as it comes instead of being returned
 * @returns {Promise<Outcome>} `code` is 127 where the program could not be started, 130 after SIGINT, 143 after any other signal
 */
export function call([program = '', ...args], { env = process.env, input, show = false, cwd } = {}) {
  const output = show ? 2 : 'pipe';
  const child = spawn(program, args, {
    env,
    cwd,
    stdio: [input === undefined ? 'ignore' : 'pipe', output, output],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (/** @type {Buffer} */ chunk) => (said.stdout += chunk.toString()));
  child.stderr?.on('data', (/** @type {Buffer} */ chunk) => (said.stderr += chunk.toString()));
  child.stdin?.on('error', () => undefined).end(input);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve({ code: 127, stdout: '', stderr: error.message });
    });
    child.once('close', (code, signal) => {
      resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 143), ...said });
    });
  });
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {boolean} whether PATH has a program of this name
 */
export function onPath(name, env) {
  return (env.PATH ?? '').split(delimiter).some((dir) => dir !== '' && isProgram(join(dir, name)));
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
