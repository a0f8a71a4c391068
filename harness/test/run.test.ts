import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { alive } from './alive.ts';
import { code43, project, qemuPids, recorded } from './cli.fixture.ts';
import { needsGuests } from './tier.ts';

const vmTest = await needsGuests('standin-windows', 'linux');
const SOON = { timeout: 60_000, interval: 100 };

vmTest('a cell is booted, judged and published, and nothing is left', async () => {
  const folder = await project();
  const run = await code43(folder, ['run', 'local/linux-q35', '--json', '--junit', 'out/junit.xml']).done;
  expect(run.code, run.stderr).toBe(0);
  expect(JSON.parse(run.stdout)).toMatchObject({
    results: [{ verdict: 'pass', evidenceClass: 'simulated' }],
  });
  expect(await readFile(join(folder, 'out/junit.xml'), 'utf8')).toContain('local/linux-q35');
  for (const pid of qemuPids(await recorded(folder))) expect(alive(pid)).toBe(false);

  const replay = await code43(folder, ['replay', 'reports/runs', '--json']).done;
  const [live, again] = [run, replay].map(
    ({ stdout }) => (JSON.parse(stdout) as { results: unknown[] }).results,
  );
  expect(again).toEqual(live);

  expect((await code43(folder, ['report']).done).code).toBe(0);
  expect(await readFile(join(folder, 'reports/site/simulated.html'), 'utf8')).toContain('Small Linux on q35');
});

vmTest('no QEMU outlives a harness that is killed, and what it saw is kept', async () => {
  const folder = await project();
  const run = code43(folder, ['run', 'local/linux-q35']);
  await vi.waitFor(async () => {
    expect(await recorded(folder)).toContainEqual(expect.objectContaining({ ch: 'qmp', kind: 'greeting' }));
  }, SOON);
  const [pid = 0] = qemuPids(await recorded(folder));
  expect(alive(pid)).toBe(true);
  run.child.kill('SIGKILL');
  await vi.waitFor(() => {
    expect(alive(pid)).toBe(false);
  }, SOON);
  const replay = await code43(folder, ['replay', 'reports/runs']).done;
  expect(replay.stdout).toContain('run.unfinished');
  expect(replay.code).toBe(3);
});

vmTest('Ctrl-C stops cleanly: what was finished is reported, the rest is named', async () => {
  const folder = await project();
  const cells = ['local/linux-q35', 'local/rom-q35:rom=none', 'local/rom-q35:rom=test/good'];
  const run = code43(folder, ['run', ...cells, '--jobs', '1']);
  await vi.waitFor(async () => {
    expect(qemuPids(await recorded(folder))).toHaveLength(2);
  }, SOON);
  run.child.kill('SIGINT');
  const { code, stdout } = await run.done;
  expect(code).toBe(130);
  expect(stdout).toMatch(/^pass +yes +simulated +local\/linux-q35$/m);
  expect(stdout).toContain('run.stopped');
  expect(stdout).toContain('Not run, since the plan was stopped: local/rom-q35:rom=test/good');
  for (const pid of qemuPids(await recorded(folder))) expect(alive(pid)).toBe(false);
  const runs = await readdir(join(folder, 'reports/runs'));
  expect(runs.filter((name) => name !== 'plans')).toHaveLength(2);
});

vmTest('a scenario with a problem runs nothing and names the line', async () => {
  const folder = await project();
  const run = await code43(folder, ['run', 'local/linux-q36']).done;
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('local/linux-q35');
  await expect(readdir(join(folder, 'reports'))).rejects.toThrow('ENOENT');
});

vmTest('a trace that cannot be written ends the run as an error, and its QEMU with it', async () => {
  const folder = await project();
  const run = await code43(folder, ['run', 'local/linux-q35'], ['prlimit', '--fsize=4096']).done;
  expect(run.code).toBe(3);
  expect(run.stdout).toContain('cannot write the trace in');
  for (const pid of qemuPids(await recorded(folder))) expect(alive(pid)).toBe(false);
});
