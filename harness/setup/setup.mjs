// Set-up: what a run and the tests need, installed and built. Begins without any package.
// By itself: node harness/setup/setup.mjs [--backports]
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installNodeModules } from './node-modules.mjs';
import { installPackages } from './packages.mjs';
import { call, onPath } from './shell.mjs';

const directory = join(import.meta.dirname, '../..');

/**
 * Brings up what `npm start` and `npm test` need: Node packages, QEMU, the guest images. What is there stays as it is.
 * What cannot be had here is said and skipped; only Node packages are a must.
 * @param {{ need?: 'start' | 'test', backports?: boolean }} [options] `test` needs the packages for development, too
 * @returns {Promise<{ missing: string[] }>} what this machine lacks and what to do about it, a sentence each;
 *   throws where the Node packages cannot be installed
 */
export async function setUp({ need = 'test', backports = false } = {}) {
  const began = performance.now();
  /** @param {string} line */
  const say = (line) => {
    console.error(`set-up ${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);
  };
  const { env } = process;
  await installNodeModules({ directory, dev: need === 'test', say, env });
  const missing = await installPackages({ env, root: '/', say, backports, need });
  // Without QEMU nothing could boot them; without firmware or a TPM most cells still can.
  if (onPath('qemu-system-x86_64', process.env)) missing.push(...(await buildGuests(say)));
  for (const sentence of missing) say(`missing: ${sentence}`);
  say(missing.length === 0 ? 'done' : 'done, but what needs the above is skipped');
  return { missing };
}

/**
 * @param {(line: string) => void} say
 * @returns {Promise<string[]>}
 */
async function buildGuests(say) {
  if (!onPath('apt-get', process.env))
    return ['guest images are built from Debian packages, and apt-get is not here'];
  say('guest images');
  const { code } = await call([process.execPath, 'harness/cli/bin.mjs', 'guest', 'build'], {
    show: true,
    cwd: directory,
  });
  if (code === 130) process.exit(code);
  return code === 0 ? [] : ['the guest images could not be built, see above; again with: code43 guest build'];
}

const [, started = ''] = process.argv;
if (import.meta.url === pathToFileURL(started).href) {
  const { missing } = await setUp({ backports: process.argv.includes('--backports') });
  process.exitCode = missing.length === 0 ? 0 : 1;
}
