import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Bundles `harness/cli/main.ts` into `<folder>/<key>/` of the first folder that can be written, and says so on stderr.
 * @param {{ root: string, key: string, folders: string[] }} options
 * @returns {Promise<string>} path of the bundle's entry
 * @throws {Error} with what is missing, or with what the sources have wrong
 */
export async function build({ root, key, folders }) {
  const esbuild = await loadEsbuild(root);
  const { folder, target } = openFolder(folders);
  const began = performance.now();
  process.stderr.write('building code43 … ');
  try {
    await esbuild.build({
      absWorkingDir: root,
      entryPoints: { main: join(root, 'harness/cli/main.ts') },
      outdir: target,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      minifySyntax: true,
      minifyWhitespace: true,
      // Native and optional: found at run time, or not at all.
      external: ['node-pty'],
      // Packages in CommonJS call require() for Node's own modules.
      banner: {
        js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
      },
      plugins: [keepPlaces(join(root, 'harness'))],
      logLevel: 'silent',
    });
    publish(target, join(folder, key));
  } catch (error) {
    process.stderr.write('failed\n');
    throw explain(error, root);
  } finally {
    rmSync(target, { recursive: true, force: true });
    // esbuild-wasm runs as a child process, which would keep this one alive.
    await esbuild.stop();
  }
  process.stderr.write(`${((performance.now() - began) / 1000).toFixed(1)} s\n`);
  prune(folder, key);
  return join(folder, key, 'main.js');
}

/**
 * The native build of esbuild where it is installed, which is ten times faster; else the one that runs anywhere.
 * @param {string} root
 * @returns {Promise<typeof import('esbuild-wasm')>}
 */
export async function loadEsbuild(root) {
  try {
    return await import('esbuild').catch(() => import('esbuild-wasm'));
  } catch (cause) {
    throw new Error(`its dependencies are not installed: run "npm ci" in ${root}`, { cause });
  }
}

/**
 * @param {string[]} folders
 * @returns {{ folder: string, target: string }} the first folder that can be written, and a fresh one in it
 */
function openFolder(folders) {
  const refusals = [];
  for (const folder of folders) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return { folder, target: mkdtempSync(join(folder, 'building-')) };
    } catch (error) {
      refusals.push(`  ${folder}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`found no folder to keep its bundle in; tried\n${refusals.join('\n')}`);
}

/**
 * Another process may have built the same sources meanwhile: its bundle is as good.
 * @param {string} target
 * @param {string} place
 */
function publish(target, place) {
  try {
    renameSync(target, place);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

/**
 * Removes bundles of older sources. What is younger than a day may be in use by a long run, which loads its parts late.
 * @param {string} folder
 * @param {string} keep
 */
function prune(folder, keep) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (name !== keep && age > DAY) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * A module that reads files beside itself must find them from the bundle, too: its own place is written into it.
 * @param {string} sources
 * @returns {import('esbuild-wasm').Plugin}
 */
function keepPlaces(sources) {
  return {
    name: 'keep-places',
    setup(build) {
      build.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
        if (!path.startsWith(sources)) return undefined;
        const text = await readFile(path, 'utf8');
        const places = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path };
        const contents = text.replace(
          /\bimport\.meta\.(url|dirname|filename)\b/g,
          (_, /** @type {keyof typeof places} */ what) => JSON.stringify(places[what]),
        );
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
      });
    },
  };
}

/**
 * @param {unknown} error
 * @param {string} root
 */
function explain(error, root) {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) return error;
  /** @type {import('esbuild-wasm').Message[]} */
  const messages = error.errors;
  const lines = messages.map(({ location, text }) =>
    location ? `  ${location.file}:${location.line}:${location.column + 1}: ${text}` : `  ${text}`,
  );
  if (messages.some(({ text }) => /^Could not resolve "[^./]/.test(text)))
    lines.push(`A package is missing: run "npm ci" in ${root}`);
  return new Error(`its sources do not build:\n${lines.join('\n')}`, { cause: error });
}
