import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { call } from './shell.mjs';

/** @typedef {Record<string, { version?: string, dev?: boolean, optional?: boolean, devOptional?: boolean }>} Packages */

/**
 * @param {string} file
 * @returns {Packages | null}
 */
function packagesOf(file) {
  try {
    /** @type {unknown} */
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    return /** @type {{ packages?: Packages }} */ (lock).packages ?? null;
  } catch {
    return null;
  }
}

/**
 * Whether `node_modules` is what the lock file asks for. Compares versions, not times: a checkout changes times only.
 * @param {string} directory of the project
 * @param {boolean} dev whether the packages for development must be there, too
 */
export function isInstalled(directory, dev) {
  const wanted = packagesOf(join(directory, 'package-lock.json'));
  const there = packagesOf(join(directory, 'node_modules/.package-lock.json'));
  if (wanted === null || there === null) return false;
  return Object.entries(wanted).every(([path, { version, ...kind }]) => {
    const mayBeMissing =
      path === '' || kind.optional === true || (!dev && (kind.dev === true || kind.devOptional === true));
    const found = there[path]?.version;
    return found === undefined ? mayBeMissing : found === version;
  });
}

/**
 * Runs `npm ci` where it is needed.
 * @param {{ directory: string, dev: boolean, say: (line: string) => void, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<void>} throws where npm fails
 */
export async function installNodeModules({ directory, dev, say, env }) {
  if (isInstalled(directory, dev)) return;
  say('installing Node packages: npm ci');
  const { code, stderr } = await call(['npm', 'ci', '--no-audit', '--loglevel=error'], {
    env,
    cwd: directory,
  });
  if (code !== 0) throw new Error(`npm ci failed in ${directory} (exit code ${code}):\n${stderr.trim()}`);
}
