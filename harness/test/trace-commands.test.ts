import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { code43, project } from './cli.fixture.ts';

const RUN = 'scenarios/traces/local/good-rom';

async function said(folder: string, ...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await code43(folder, words).done;
  expect(code, stderr).toBe(0);
  return stdout;
}

/** The JSON of a replay without the trace's own digest. */
async function replayed(folder: string, path: string): Promise<string> {
  return (await said(folder, 'replay', '--json', path)).replace(/"trace": "[0-9a-f]{64}"/, '');
}

test('an exported trace is one file that is judged like the original, byte for byte', async () => {
  const folder = await project();
  const told = await said(folder, 'trace', 'export', RUN, 'run.tar.gz', '--name', 'standin');
  expect(told).toMatch(/given names +1 +\d+/);
  expect(told).toContain('verdict: pass, as before');
  expect(told).not.toContain('standin');
  await said(folder, 'trace', 'export', RUN, 'plain.tgz');
  await said(folder, 'trace', 'export', RUN, 'plain');
  const before = await replayed(folder, RUN);
  for (const path of ['plain', 'plain.tgz']) expect(await replayed(folder, path)).toBe(before);
  expect(await said(folder, 'trace', 'show', 'run.tar.gz', '--channel', 'note')).toContain('redacted by');
});

test('nothing is overwritten, and what the trace does not name is left out and said', async () => {
  const folder = await project();
  const run = join(folder, 'a-run');
  await cp(join(folder, RUN), run, { recursive: true });
  await writeFile(join(run, 'kept.cast'), 'lena@tower');
  const told = await said(folder, 'trace', 'redact', 'a-run', 'clean');
  expect(told).toContain('left out, since the trace does not name them: kept.cast');
  expect((await readdir(join(folder, 'clean'))).sort()).toEqual(['events.jsonl', 'trace.json']);
  const first = await readFile(join(folder, 'clean/trace.json'));
  for (const out of ['clean', 'a-run']) {
    const { code, stderr } = await code43(folder, ['trace', 'redact', RUN, out]).done;
    expect([code, stderr]).toEqual([2, expect.stringContaining('nothing is overwritten')]);
  }
  expect(Buffer.compare(first, await readFile(join(folder, 'clean/trace.json')))).toBe(0);
  await said(folder, 'trace', 'redact', 'clean', 'again');
  expect(Buffer.compare(first, await readFile(join(folder, 'again/trace.json')))).toBe(0);
});

test.each([
  ['trace', 'export', 'nowhere', 'out'],
  ['trace', 'redact', 'package.json', 'out'],
  ['trace', 'show', RUN, '--channel', 'smoke'],
  ['replay', 'roms/intel-igpu-passthru-v0.1.yaml'],
])('%s %s %s: what is no trace is said to be none', async (...words) => {
  const { code, stdout, stderr } = await code43(await project(), words).done;
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/no trace|such file|one of note/);
});
