import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const house = resolve(import.meta.dirname, '../..');
/** A small house: the real starter, with a program that says where its source lies. */
async function buildHouse(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'code43-bin-'));
  await mkdir(join(root, 'harness/cli'), { recursive: true });
  await mkdir(join(root, 'node_modules'));
  for (const file of ['bin.mjs', 'build.mjs'])
    await cp(join(house, 'harness/cli', file), join(root, 'harness/cli', file));
  await symlink(join(house, 'node_modules/esbuild-wasm'), join(root, 'node_modules/esbuild-wasm'));
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  await say(root, 'one');
  return root;
}

function say(root: string, word: string): Promise<void> {
  return writeFile(
    join(root, 'harness/cli/main.ts'),
    `export const main = async (words: string[]) =>
       (console.log('${word}', import.meta.dirname, ...words), 4);`,
  );
}

/** Starts the program of a small house; its exit code is 4 when it ran. */
async function start(root: string, file = 'harness/cli/bin.mjs', ...words: string[]) {
  const env = { ...process.env, XDG_CACHE_HOME: join(root, 'cache'), DEBUG: '' };
  const child = run(process.execPath, [join(root, file), ...words], { cwd: tmpdir(), env });
  const { stdout, stderr } = await child.catch(
    (failed: unknown) => failed as { stdout: string; stderr: string },
  );
  return { stdout, stderr, code: child.child.exitCode };
}

const bundles = (root: string) => readdir(join(root, 'node_modules/.cache/code43'));

describe('once built', () => {
  let root = '';
  let first = { stdout: '', stderr: '', code: null as number | null };
  beforeAll(async () => {
    root = await buildHouse();
    first = await start(root);
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  test('it has said that it was building, on stderr, in one line', () => {
    expect(first.stderr).toMatch(/^building code43 … \d+\.\d s\n$/);
    expect(first.code).toBe(4);
  });

  test('it does not build again', async () => {
    expect(await start(root)).toEqual({ ...first, stderr: '' });
  });

  test('a source finds the files beside it, though it runs from the bundle', () => {
    expect(first.stdout).toBe(`one ${join(root, 'harness/cli')}\n`);
  });

  test('it starts through a symbolic link, from anywhere, with its arguments', async () => {
    await symlink(join(root, 'harness/cli/bin.mjs'), join(root, 'code43'));
    const { stdout } = await start(root, 'code43', '-v', 'a b');
    expect(stdout).toBe(`one ${join(root, 'harness/cli')} -v a b\n`);
  });

  test('a changed source is built again, and bundles older than a day are removed', async () => {
    await mkdir(join(root, 'node_modules/.cache/code43/old'));
    await utimes(join(root, 'node_modules/.cache/code43/old'), 0, 0);
    await say(root, 'two');
    expect((await start(root)).stdout).toMatch(/^two /);
    expect(await bundles(root)).toHaveLength(2);
    expect(await bundles(root)).not.toContain('old');
  });
});

describe('before it is built', () => {
  let root = '';
  beforeEach(async () => {
    root = await buildHouse();
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  test('two first starts at once both run', async () => {
    const both = await Promise.all([start(root), start(root)]);
    expect(both.map(({ code }) => code)).toEqual([4, 4]);
    expect(await bundles(root)).toHaveLength(1);
  });

  test('where the package cannot be written, the bundle goes to the cache of the user', async () => {
    await writeFile(join(root, 'node_modules/.cache'), 'no folder');
    expect((await start(root)).code).toBe(4);
    expect(await readdir(join(root, 'cache/code43/cli'))).toHaveLength(1);
  });

  test('missing packages are named with the command that brings them', async () => {
    await rm(join(root, 'node_modules/esbuild-wasm'));
    const { code, stdout, stderr } = await start(root);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(`run "npm ci" in ${root}`);
  });

  test('a source that does not build is shown with its place', async () => {
    await writeFile(join(root, 'harness/cli/main.ts'), 'export const = 1;');
    const { code, stderr } = await start(root);
    expect(code).toBe(3);
    expect(stderr).toContain('harness/cli/main.ts:1:14:');
  });
});
