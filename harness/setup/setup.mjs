// Set-up: what a run and the tests need, installed and built. Begins without any package.
// By itself: node harness/setup/setup.mjs [--backports]
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wantsDockerd } from './dockerd.mjs';
import { installNodeModules } from './node-modules.mjs';
import { installPackages } from './packages.mjs';
import { call, onPath } from './shell.mjs';

const directory = join(import.meta.dirname, '../..');

/**
 * Brings up what `npm start` and `npm test` need: Node packages, QEMU, images. What is there stays as it is.
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
  if (onPath('qemu-system-x86_64', process.env)) {
    const parts = need === 'test' ? [buildGuests(say), buildNodeImage(say)] : [buildGuests(say)];
    missing.push(...(await Promise.all(parts)).flat());
  }
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

/**
 * What the tests in a container need, where there is or is to be a container runtime.
 * @param {(line: string) => void} say
 * @returns {Promise<string[]>}
 */
async function buildNodeImage(say) {
  const { DOCKER_HOST } = process.env;
  const own = wantsDockerd();
  if (!onPath('apt-get', process.env)) return [];
  if (!own && DOCKER_HOST === undefined && !existsSync('/var/run/docker.sock')) return [];
  say(`image of the stand-in node${own ? ", and Debian's dockerd" : ''}`);
  const build = ['--import', 'tsx', 'harness/lab/container/build.ts', ...(own ? ['--dockerd'] : [])];
  const { code } = await call([process.execPath, ...build], { show: true, cwd: directory });
  if (code === 130) process.exit(code);
  if (code !== 0) return ['the image of the stand-in node could not be made, see above'];
  return [];
}

const [, started = ''] = process.argv;
if (import.meta.url === pathToFileURL(started).href) {
  const { missing } = await setUp({ backports: process.argv.includes('--backports') });
  process.exitCode = missing.length === 0 ? 0 : 1;
}
