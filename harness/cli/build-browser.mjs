import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { loadEsbuild } from './build.mjs';

/**
 * Bundles what a page needs to diagnose: `diagnose.js`, and parts of it that are loaded on demand.
 * @param {{ root: string, outdir: string, entry?: string }} options `entry`: below `root`; the part of a page to bundle
 * @returns {Promise<{ name: string, text: string, bytes: number, gzip: number, sources: string[] }[]>} the files that
 * were written, the entry first; sizes in bytes
 * @throws {Error} of esbuild, where the sources do not build or need Node
 */
export async function buildBrowser({ root, outdir, entry = 'harness/diagnosis/browser.ts' }) {
  const esbuild = await loadEsbuild(root);
  try {
    const { outputFiles, metafile } = await esbuild.build({
      absWorkingDir: root,
      entryPoints: { diagnose: join(root, entry) },
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
      plugins: [withoutSources(join(root, 'harness/diagnosis/signatures/'))],
      logLevel: 'silent',
    });
    await mkdir(outdir, { recursive: true });
    for (const { path, contents } of outputFiles) await writeFile(path, contents);
    const sources = Object.entries(metafile.outputs);
    return outputFiles
      .map(({ path, contents, text }) => ({
        name: path.slice(outdir.length + 1),
        text,
        bytes: contents.length,
        gzip: gzipSync(contents, { level: 9 }).length,
        sources: Object.keys(
          sources.find(([output]) => path.endsWith(output.split('/').pop() ?? ''))?.[1].inputs ?? {},
        ),
      }))
      .toSorted((a, b) => Number(b.name === 'diagnose.js') - Number(a.name === 'diagnose.js'));
  } finally {
    await esbuild.stop();
  }
}

/**
 * Where a signature is known from is for those who read the source: a property of its own line, or of two.
 * @param {string} folder
 * @returns {import('esbuild-wasm').Plugin}
 */
function withoutSources(folder) {
  return {
    name: 'without-sources',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!path.startsWith(folder)) return undefined;
        const text = await readFile(path, 'utf8');
        return { contents: text.replace(/^ {4}source:\s+(?:'.*'|".*"|[A-Z_]+),$/gm, ''), loader: 'ts' };
      });
    },
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = join(import.meta.dirname, '../..');
  for (const { name, bytes, gzip } of await buildBrowser({ root, outdir: join(root, 'dist/browser') }))
    process.stdout.write(`dist/browser/${name}: ${bytes} bytes, ${gzip} with gzip\n`);
}
