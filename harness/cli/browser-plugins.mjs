import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { browserSources } from './browser-sources.mjs';

/**
 * Puts the sources of a page in place of the files: see `browserSources`.
 * @param {string} root
 * @returns {import('esbuild-wasm').Plugin}
 */
export function forBrowsers(root) {
  return {
    name: 'for-browsers',
    setup(build) {
      const { texts, parts } = browserSources(root);
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = texts.get(path);
        return contents === undefined ? undefined : { contents, loader: 'ts' };
      });
      // One module holds all rules: what loads them one by one elsewhere loads nothing here.
      build.onLoad({ filter: /\/diagnosis\/rules\.ts$/ }, async ({ path }) => ({
        contents: withStaticImports(await readFile(path, 'utf8')),
        loader: 'ts',
      }));
      build.onLoad({ filter: /\/diagnosis\/sentences\.ts$/ }, ({ path }) => ({
        contents: sentencesModule(parts),
        loader: 'js',
        resolveDir: dirname(path),
      }));
      build.onResolve({ filter: /^said-of-/ }, ({ path }) => ({ path, namespace: 'said' }));
      build.onLoad({ filter: /./, namespace: 'said' }, ({ path }) => ({
        contents: `export const SENTENCES = ${JSON.stringify(parts.find(({ name }) => name === path)?.sentences)}`,
        loader: 'js',
      }));
    },
  };
}

/**
 * Every part says that it needs the entry, so that whatever the entry needs is in one module, and not in as many as
 * there are sets of parts that share something.
 * @param {string} entry
 * @returns {import('esbuild-wasm').Plugin}
 */
export function aroundEntry(entry) {
  return {
    name: 'around-entry',
    setup(build) {
      build.onResolve({ filter: /^\./ }, async ({ path, kind, resolveDir, importer, namespace }) => {
        if (kind !== 'dynamic-import' || namespace !== 'file') return undefined;
        const found = await build.resolve(path, { kind: 'import-statement', resolveDir, importer });
        return { path: found.path, namespace: 'part' };
      });
      build.onLoad({ filter: /./, namespace: 'part' }, ({ path }) => ({
        contents: `import ${JSON.stringify(entry)}; export * from ${JSON.stringify(path)};`,
        loader: 'js',
        resolveDir: dirname(path),
      }));
    },
  };
}

/**
 * @param {readonly import('./browser-sources.mjs').Part[]} parts
 */
function sentencesModule(parts) {
  const rows = parts.map(
    ({ name, from, sentences }) =>
      `{ from: ${from}, to: ${from + sentences.length}, load: async () => (await import('${name}')).SENTENCES }`,
  );
  return `export const PARTS = [${rows.join(', ')}];`;
}

/**
 * @param {string} text
 */
function withStaticImports(text) {
  /** @type {string[]} */
  const imports = [];
  const rest = text.replace(
    /\(await import\('([^']+)'\)\)\.(\w+)/g,
    (_, /** @type {string} */ from, /** @type {string} */ name) => {
      imports.push(`import { ${name} } from '${from}';`);
      return name;
    },
  );
  return `${imports.join('\n')}\n${rest}`;
}
