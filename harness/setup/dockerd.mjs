import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const directory = join(import.meta.dirname, '../..');
const HOLDER = 'harness/lab/container/dockerd-holder.ts';

/** Whether the tests are to have a container runtime of their own: not what a user's machine is used for unasked. */
export function wantsDockerd() {
  return process.env['CODE43_DOCKERD'] === '1';
}

/**
 * Starts a container runtime for what is started from here, and says so in the environment: where it is, or why there is
 * none. It ends with this process, however that ends.
 * @returns {Promise<() => Promise<void>>} ends it before
 */
export async function startDockerd() {
  const holder = spawn(process.execPath, ['--import', 'tsx', HOLDER], {
    cwd: directory,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(holder, 'exit');
  const lines = createInterface({ input: holder.stdout });
  const said = await Promise.race([once(lines, 'line'), ended.then(() => ['{}'])]);
  /** @type {unknown} */
  const answer = JSON.parse(String(said[0]));
  const { address, reason = 'it ended without a word' } =
    /** @type {{ address?: string, reason?: string }} */ (answer);
  if (address === undefined) process.env['CODE43_DOCKERD_FAILED'] = reason;
  else process.env['DOCKER_HOST'] = address;
  return async () => {
    holder.stdin.end();
    await ended;
  };
}
