import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { loadEsbuild } from '../cli/build.mjs';

const DAY = 24 * 60 * 60 * 1000;

/**
 * One file with all that the stand-in node runs, made anew when a source of it has changed.
 * @param {string} root the tree's
 * @returns {Promise<string>} its path; whoever uses it copies it
 */
export async function bundle(root) {
  const folder = join(root, 'node_modules/.cache/code43-lab');
  const key = keyOf(join(root, 'harness'));
  const made = join(folder, `${key}.mjs`);
  if (statSync(made, { throwIfNoEntry: false })) return made;
  mkdirSync(folder, { recursive: true });
  const esbuild = await loadEsbuild(root);
  const building = mkdtempSync(join(folder, 'building-'));
  try {
    const outfile = join(building, 'node.mjs');
    await esbuild.build({
      absWorkingDir: root,
      entryPoints: [join(root, 'harness/lab/node/main.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      banner: { js: '#!/lab/bin/node' },
      logLevel: 'silent',
    });
    renameSync(outfile, made);
  } finally {
    rmSync(building, { recursive: true, force: true });
    await esbuild.stop();
  }
  prune(folder);
  return made;
}

/**
 * Of the sources that can be part of it, and of those of this file.
 * @param {string} harness
 */
function keyOf(harness) {
  const hash = createHash('sha256');
  for (const folder of ['lab', 'wire', 'vmconfig', 'guest', 'text']) {
    for (const name of readdirSync(join(harness, folder), { recursive: true }).map(String).sort()) {
      if (/\.(?:ts|mjs)$/.test(name) && !name.includes('.test.'))
        hash.update(`${folder}/${name}\0`).update(readFileSync(join(harness, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} folder */
function prune(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > DAY) rmSync(path, { recursive: true, force: true });
  }
}
