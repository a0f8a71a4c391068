import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { alive } from './alive.ts';
import { code43, project, qemuPids, recorded } from './cli.fixture.ts';
import { needsGuests } from './tier.ts';

const vmTest = await needsGuests('standin-windows', 'linux');
const SOON = { timeout: 60_000, interval: 100 };
const CELLS = ['local/linux-q35', 'local/rom-q35:rom=none', 'local/rom-q35:rom=test/good'];

interface Report {
  readonly plan: string;
  readonly partial: boolean;
  readonly notRun: readonly string[];
  readonly results: readonly { readonly run: string; readonly cell: string; readonly verdict: string }[];
}

/** Begins a plan of three cells, one VM at a time, and returns when the second one's QEMU runs. */
async function secondCellRuns(folder: string) {
  const run = code43(folder, ['run', ...CELLS, '--jobs', '1', '--json', '--junit', 'out/junit.xml']);
  await vi.waitFor(async () => {
    expect(qemuPids(await recorded(folder))).toHaveLength(2);
  }, SOON);
  return run;
}

vmTest('a plan that was killed is gone on with: what was finished is not repeated', async () => {
  const folder = await project();
  const first = await secondCellRuns(folder);
  const busy = await code43(folder, ['run', '--resume']).done;
  expect(busy.code).toBe(2);
  expect(busy.stderr).toMatch(
    new RegExp(`process ${String(first.child.pid)} runs the plan \\S+ since .*wait until it has ended`),
  );

  first.child.kill('SIGKILL');
  await first.done;
  const [, cutPid = 0] = qemuPids(await recorded(folder));
  await vi.waitFor(() => {
    expect(alive(cutPid)).toBe(false);
  }, SOON);
  const before = await readdir(join(folder, 'reports/runs'));

  const resumed = await code43(folder, ['run', '--resume', '--json']).done;
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resumed.stderr).toMatch(/1 of 3 cells were finished; 1 cut off/);
  const { partial, notRun, results } = JSON.parse(resumed.stdout) as Report;
  expect({ partial, notRun }).toEqual({ partial: false, notRun: [] });
  expect(results.map(({ cell, verdict }) => `${cell} ${verdict}`)).toEqual([
    'local/linux-q35 pass',
    'local/rom-q35:rom=none fail',
    'local/rom-q35:rom=test/good pass',
  ]);
  // The first cell's result is that of the run before; only two runs were added.
  expect(before).toContain(results[0]?.run);
  expect(await readdir(join(folder, 'reports/runs'))).toHaveLength(before.length + 2);

  const again = await code43(folder, ['run', '--resume']).done;
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('has something left to do');
});

vmTest('a plan that was stopped says that it is partial, and runs an edited cell again', async () => {
  const folder = await project();
  const first = await secondCellRuns(folder);
  first.child.kill('SIGINT');
  const { code, stdout } = await first.done;
  expect(code).toBe(130);
  const stopped = JSON.parse(stdout) as Report;
  expect(stopped).toMatchObject({ partial: true, notRun: ['local/rom-q35:rom=test/good'] });
  const junit = await readFile(join(folder, 'out/junit.xml'), 'utf8');
  expect(junit).toMatch(/name="local\/rom-q35:rom=test\/good"[^>]*>\s*<skipped/);
  expect(junit).toContain('name="partial"');

  const file = join(folder, 'scenarios/local/linux-q35.yaml');
  const edited = (await readFile(file, 'utf8')).replace('memory: 512', 'memory: 384');
  await writeFile(file, edited);
  const resumed = await code43(folder, ['run', '--resume', stopped.plan, '--json']).done;
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resumed.stderr).toContain('0 of 3 cells were finished');
  const { results } = JSON.parse(resumed.stdout) as Report;
  expect(results).toHaveLength(3);
  expect(results[0]?.run).not.toBe(stopped.results[0]?.run);
});

vmTest('two plans at once share no run, no file and no VM', async () => {
  const folder = await project();
  const runs = [0, 1].map(() => code43(folder, ['run', 'local/linux-q35', '--json']));
  const [first, second] = await Promise.all(runs.map(({ done }) => done));
  const reports = [first, second].map((run) => JSON.parse(run?.stdout ?? '') as Report);
  expect(reports.map(({ results }) => results.map(({ verdict }) => verdict))).toEqual([['pass'], ['pass']]);
  expect(new Set(reports.map(({ plan }) => plan)).size).toBe(2);
  expect(new Set(reports.map(({ results }) => results[0]?.run)).size).toBe(2);
  expect(new Set(qemuPids(await recorded(folder))).size).toBe(2);
});
