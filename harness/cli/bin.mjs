#!/usr/bin/env node
// Starts code43 from its TypeScript sources: runs the bundle made from them, and makes it first where there is none.
// Needs no package until it has to build, so that it can say what is missing.
import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Names a state of the sources: their paths, sizes and times of change. Cheap, for it is computed at every start.
 * The place counts too, because a bundle holds the paths of the files it reads.
 * @param {string} directory
 */
function keyOf(directory) {
  const facts = [directory];
  /** @param {string} folder */
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      // join() would take as long as looking at the file.
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (/\.(?:tsx?|mjs)$/.test(path) && !path.includes('.test.')) note(path);
    }
  };
  /** @param {string} path */
  const note = (path) => {
    const { size, mtimeMs } = statSync(path);
    facts.push(`${path}:${size}:${mtimeMs}`);
  };
  visit(join(directory, 'harness'));
  note(join(directory, 'package.json'));
  // An installed package has no lock file.
  if (existsSync(join(directory, 'package-lock.json'))) note(join(directory, 'package-lock.json'));
  return digest(facts.join('\n'));
}

/**
 * Two 32-bit hashes of the shape of FNV-1a: no secret hangs on it, and loading node:crypto would cost more than the rest.
 * @param {string} text
 */
function digest(text) {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Where bundles may be kept, best first. */
function cacheFolders() {
  const user = process.getuid?.() ?? 'user';
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return [
    join(root, 'node_modules', '.cache', 'code43'),
    join(cache, 'code43', 'cli'),
    join(tmpdir(), `code43-${user}`),
  ].filter(isSafe);
}

/**
 * Whether what lies there would be ours to run: where others may write, somebody else could have put it there.
 * @param {string} folder
 */
function isSafe(folder) {
  try {
    const status = lstatSync(folder, { throwIfNoEntry: false });
    if (!status) return true;
    const uid = process.getuid?.();
    return status.isDirectory() && (uid === undefined || status.uid === uid || status.uid === 0);
  } catch {
    return false;
  }
}

/** @returns {Promise<string>} path of the bundle's entry */
async function bundle() {
  const key = keyOf(root);
  const folders = cacheFolders();
  for (const folder of folders) {
    const made = join(folder, key, 'main.js');
    if (existsSync(made)) return made;
  }
  const { build } = await import('./build.mjs');
  return build({ root, key, folders });
}

/**
 * Lets V8 keep what it compiled; Node 20 cannot.
 * @param {string} folder
 */
function keepCompiled(folder) {
  const { enableCompileCache } = /** @type {{ enableCompileCache?: (folder: string) => void }} */ (
    /** @type {unknown} */ (nodeModule)
  );
  enableCompileCache?.(folder);
}

try {
  const main = await bundle();
  keepCompiled(join(main, '..', 'compiled'));
  /** @type {unknown} */
  const program = await import(pathToFileURL(main).href);
  process.exitCode = await /** @type {typeof import('./main.ts')} */ (program).main(process.argv.slice(2));
} catch (error) {
  // What reaches this line failed before the program began: the build, or a bundle that does not load.
  console.error(`code43: ${error instanceof Error ? error.message : String(error)}`);
  if (process.env.DEBUG?.includes('code43')) console.error(error);
  process.exitCode = 3;
}
