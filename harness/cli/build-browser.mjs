import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { loadEsbuild } from './build.mjs';
import { aroundEntry, forBrowsers } from './browser-plugins.mjs';

/**
 * A file of the bundle: sizes in bytes, what it is made of, and the files that are loaded with it.
 * @typedef {{ name: string, text: string, bytes: number, gzip: number, sources: string[], needs: string[] }} Built
 */

/**
 * Bundles what a page needs to diagnose: `diagnose.js`, a door to the module with all rules, and parts that are loaded
 * on demand.
 * @param {{ root: string, outdir: string }} options
 * @returns {Promise<Built[]>} the files that were written, the entry first
 * @throws {Error} of esbuild, where the sources do not build or need Node
 */
export async function buildBrowser({ root, outdir }) {
  const esbuild = await loadEsbuild(root);
  const entry = join(root, 'harness/diagnosis/browser.ts');
  try {
    const { outputFiles, metafile } = await esbuild.build({
      absWorkingDir: root,
      entryPoints: { diagnose: entry },
      outdir,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      charset: 'utf8',
      minify: true,
      metafile: true,
      write: false,
      plugins: [forBrowsers(root), aroundEntry(entry)],
      logLevel: 'silent',
    });
    await mkdir(outdir, { recursive: true });
    for (const { path, contents } of outputFiles) await writeFile(path, contents);
    const outputs = Object.entries(metafile.outputs);
    /** @param {string} path */
    const nameOf = (path) => path.split('/').pop() ?? '';
    return outputFiles
      .map(({ path, contents, text }) => {
        const made = outputs.find(([output]) => nameOf(output) === nameOf(path))?.[1];
        return {
          name: path.slice(outdir.length + 1),
          text,
          bytes: contents.length,
          gzip: gzipSync(contents, { level: 9 }).length,
          sources: Object.keys(made?.inputs ?? {}),
          needs: (made?.imports ?? [])
            .filter(({ kind }) => kind === 'import-statement')
            .map((wanted) => nameOf(wanted.path)),
        };
      })
      .toSorted((a, b) => Number(b.name === 'diagnose.js') - Number(a.name === 'diagnose.js'));
  } finally {
    await esbuild.stop();
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = join(import.meta.dirname, '../..');
  const outdir = join(root, 'dist/browser');
  // Names of parts change with what they hold.
  await rm(outdir, { recursive: true, force: true });
  for (const { name, bytes, gzip } of await buildBrowser({ root, outdir }))
    process.stdout.write(`dist/browser/${name}: ${bytes} bytes, ${gzip} with gzip\n`);
}
