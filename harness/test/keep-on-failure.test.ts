import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { alive } from './alive.ts';
import { type Cli, code43, project, qemuPids, recorded } from './cli.fixture.ts';
import { onTerminal, type Person } from './on-terminal.fixture.ts';
import { needsGuests, needsPty } from './tier.ts';

const vmTest = needsPty(await needsGuests('linux'));
const SOON = { timeout: 90_000, interval: 100 };
const CELL = 'local/linux-q35';

interface Keeping {
  readonly folder: string;
  readonly run: Cli;
  readonly stderr: () => string;
  readonly qemu: number;
  /** Where the sockets of kept VMs are. */
  readonly places: () => Promise<readonly string[]>;
  readonly look: () => Person;
}

/** A run whose one cell is expected to fail and passes, so that its VM is kept for so many minutes. */
async function keeping(minutes: string): Promise<Keeping> {
  const folder = await project();
  const file = join(folder, 'scenarios', `${CELL}.yaml`);
  await writeFile(file, (await readFile(file, 'utf8')).replace('- { verdict: pass }', '- { verdict: fail }'));
  const runtime = await mkdtemp(join(tmpdir(), 'code43-runtime-'));
  onTestFinished(() => rm(runtime, { recursive: true, force: true }));
  const env = { XDG_RUNTIME_DIR: runtime };
  const words = ['run', CELL, `--keep-on-failure=${minutes}`, '--json', '--junit', 'junit.xml'];
  const run = code43(folder, words, ['env', `XDG_RUNTIME_DIR=${runtime}`]);
  let stderr = '';
  run.child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await vi.waitFor(() => {
    expect(stderr).toContain('Still up until');
  }, SOON);
  const [qemu = 0] = qemuPids(await recorded(folder));
  const places = (): Promise<readonly string[]> => readdir(join(runtime, 'code43-console'));
  const look = (): Person => onTerminal(folder, ['console', '--attach'], env);
  return { folder, run, stderr: () => stderr, qemu, places, look };
}

vmTest(
  'a VM that failed is looked into from another terminal, again and again, and Ctrl-C ends it',
  async () => {
    const kept = await keeping('10');
    expect(alive(kept.qemu)).toBe(true);
    expect(await readFile(join(kept.folder, 'junit.xml'), 'utf8')).toContain('<failure');
    expect(kept.stderr()).toMatch(/code43 console --attach [0-9a-f]{6}/);
    expect(kept.stderr()).toContain(`QEMU, pid ${kept.qemu}; the guest agent answers`);

    const first = kept.look();
    await first.sees('press Enter for a shell');
    first.type('\r');
    await first.sees('guest# ');
    first.enters('echo $((40 + 2)) >/tmp/left');
    first.enters('echo done');
    await first.sees(/\ndone/);
    first.type('\x1d');
    expect((await first.pty.exited).code).toBe(0);
    expect(first.screen()).toContain('The VM is still up.');
    expect(alive(kept.qemu)).toBe(true);

    const second = kept.look();
    await second.sees('guest# ');
    second.enters('cat /tmp/left');
    await second.sees(/\n42/);
    kept.run.child.kill('SIGINT');
    expect((await second.pty.exited).code).toBe(0);
    expect(second.screen()).toContain('The VM is down: stopped by the user.');
    const { code, stdout } = await kept.run.done;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ results: [{ verdict: 'pass', asExpected: false }] });
    expect(alive(kept.qemu)).toBe(false);
    expect(await kept.places()).toEqual([]);

    const replay = await code43(kept.folder, ['replay', 'reports/runs', '--json']).done;
    expect(JSON.parse(replay.stdout)).toHaveProperty(
      'results',
      (JSON.parse(stdout) as { results: unknown }).results,
    );
  },
);

vmTest('a kept VM goes down when its time is over', async () => {
  const kept = await keeping('0.1');
  expect(alive(kept.qemu)).toBe(true);
  expect((await kept.run.done).code).toBe(1);
  expect(alive(kept.qemu)).toBe(false);
  expect(await kept.places()).toEqual([]);
});

vmTest('a harness that is killed while it keeps a VM leaves no VM, and its place is swept', async () => {
  const kept = await keeping('10');
  kept.run.child.kill('SIGKILL');
  await vi.waitFor(() => {
    expect(alive(kept.qemu)).toBe(false);
  }, SOON);
  expect(await kept.places()).toHaveLength(1);
  const late = kept.look();
  expect((await late.pty.exited).code).toBe(2);
  expect(late.screen()).toContain('no VM is kept');
  expect(await kept.places()).toEqual([]);
});

vmTest('a cell that is as expected is not kept', async () => {
  const folder = await project();
  const run = await code43(folder, ['run', CELL, '--keep-on-failure']).done;
  expect(run.code).toBe(0);
  expect(run.stderr).toContain('No VM stays up');
  for (const pid of qemuPids(await recorded(folder))) expect(alive(pid)).toBe(false);
});
