import { spawn } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, vi } from 'vitest';
import { readAsciicast, shownBy } from '../trace/fixtures/read-asciicast.ts';
import { findTraces } from '../trace/store.ts';
import { alive } from './alive.ts';
import { code43, project, qemuPids, recorded } from './cli.fixture.ts';
import { onTerminal, type Person } from './on-terminal.fixture.ts';
import { needsGuests, needsPty } from './tier.ts';

const vmTest = needsPty(await needsGuests('linux'));
const SOON = { timeout: 90_000, interval: 100 };
const BIN = join(import.meta.dirname, '../cli/bin.mjs');
const HOLDER = fileURLToPath(new URL('terminal-holder.ts', import.meta.url));
const CELL = 'local/linux-q35';

/** A person in the guest's shell, when its boot has been judged: what they do now meets nothing of the run's own. */
async function inShell(folder: string, boots = 1): Promise<Person> {
  const person = onTerminal(folder, ['console', CELL]);
  await person.sees('press Enter for a shell');
  await vi.waitFor(async () => {
    const ended = (await recorded(folder)).filter(
      (event) => event.ch === 'note' && event.kind === 'boot.end',
    );
    expect(ended).toHaveLength(boots);
  }, SOON);
  person.type('\r');
  await person.sees('guest# ');
  return person;
}

/** The only run of a project: its directory, and whether its QEMU still lives. */
async function theRun(folder: string): Promise<{ directory: string; qemu: number }> {
  const [directory = ''] = await findTraces(join(folder, 'reports/runs'));
  const [qemu = 0] = qemuPids(await recorded(folder));
  return { directory, qemu };
}

vmTest(
  'a person sees the guest boot, works in its shell, and leaves; the trace holds what they saw',
  async () => {
    const folder = await project();
    const person = await inShell(folder);
    person.enters('echo $((6 * 7))-from-the-guest');
    await person.sees('42-from-the-guest');
    person.enters('sleep 1000');
    await person.sees('sleep 1000\r\n');
    person.type('\x03');
    person.enters('echo interrupted, not ended');
    await person.sees(/\ninterrupted, not ended/);
    for (const key of 'echo 52:54:00:ab:cd:ef') person.type(key);
    person.enters('');
    await person.sees(/\n52:54:00:ab:cd:ef/);
    person.pty.resize(100, 30);
    person.enters('echo resized');
    await person.sees(/\nresized/);
    const { directory, qemu } = await theRun(folder);
    expect(alive(qemu)).toBe(true);

    person.type('\x1d');
    expect(await person.pty.exited).toEqual({ code: 0, signal: null });
    expect(alive(qemu)).toBe(false);
    expect(person.screen()).toContain('The VM is down: detached from the console.');
    expect(person.screen()).toMatch(/boot 1 \(start\): pass/);

    const cast = readAsciicast(await readFile(join(directory, 'console.cast'), 'utf8'));
    expect(cast).toMatchObject({ width: 80, height: 24, title: CELL });
    expect(cast.events).toContainEqual(expect.objectContaining({ code: 'r', data: '100x30' }));
    expect(shownBy(cast)).toContain('42-from-the-guest');
    expect(shownBy(cast)).toMatch(/\n02:00:00:00:00:01/);
    for (const file of await readdir(directory))
      expect(await readFile(join(directory, file), 'utf8')).not.toContain('52:54:00:ab:cd:ef');

    const shown = await code43(folder, ['trace', 'show', directory]).done;
    expect(shown.stdout).toContain('asciinema play');
    const replay = await code43(folder, ['replay', directory, '--json']).done;
    expect(JSON.parse(replay.stdout)).toMatchObject({
      results: [{ verdict: 'inconclusive', asExpected: null, boots: [{ verdict: 'pass' }] }],
    });
    await rm(join(directory, 'console.cast'));
    expect((await code43(folder, ['trace', 'show', directory]).done).stdout).toContain('which is not here');
  },
);

vmTest('a guest that powers off ends the console, with its last words', async () => {
  const folder = await project();
  const person = await inShell(folder);
  person.enters('poweroff -f');
  expect((await person.pty.exited).code).toBe(0);
  expect(person.screen()).toContain('reboot: Power down');
  expect(person.screen()).toContain('The VM is down: the guest ended.');
  const { directory } = await theRun(folder);
  expect(shownBy(readAsciicast(await readFile(join(directory, 'console.cast'), 'utf8')))).toContain(
    'reboot: Power down',
  );
});

vmTest('a QEMU that dies under a console ends it', async () => {
  const folder = await project();
  const person = await inShell(folder);
  const { qemu } = await theRun(folder);
  process.kill(qemu, 'SIGKILL');
  expect((await person.pty.exited).code).toBe(0);
  expect(person.screen()).toContain('The VM is down: the guest ended.');
});

for (const [when, seen, finding] of [
  ['in the middle of a boot', '"greeting"', 'run.stopped'],
  ['when the boot has been judged', '"boot.end"', 'run.attended'],
] as const)
  vmTest(`a window that is closed ${when} takes the VM with it, and the trace is whole`, async () => {
    const folder = await project();
    // The shell is hung up on, too, and lives on to say how it ended.
    const script = 'trap "" HUP; cd "$1" && node "$2" console "$3"; echo $? >exit-code';
    const program = ['sh', '-c', script, 'sh', folder, BIN, CELL];
    const window = spawn(process.execPath, ['--import', 'tsx', HOLDER, ...program], { stdio: 'ignore' });
    onTestFinished(() => void window.kill('SIGKILL'));
    await vi.waitFor(async () => {
      expect(JSON.stringify(await recorded(folder))).toContain(seen);
    }, SOON);
    const { directory, qemu } = await theRun(folder);
    window.kill('SIGKILL');
    await vi.waitFor(async () => {
      expect(await readFile(join(folder, 'exit-code'), 'utf8')).toBe('130\n');
    }, SOON);
    expect(alive(qemu)).toBe(false);
    const replay = await code43(folder, ['replay', directory]).done;
    expect(replay.stdout).toContain(finding);
    expect(replay.stdout).not.toContain('run.unfinished');
  });

vmTest('two consoles at once do not hear each other', async () => {
  const folders = [await project(), await project()];
  const people = await Promise.all(folders.map((folder) => inShell(folder)));
  for (const [index, person] of people.entries()) person.enters(`echo $((${index} + 1))-th guest`);
  await people[0]?.sees('1-th guest');
  await people[1]?.sees('2-th guest');
  for (const person of people) person.type('\x1d');
  for (const person of people) expect((await person.pty.exited).code).toBe(0);
  expect(people[0]?.screen()).not.toContain('2-th guest');
  expect(people[1]?.screen()).not.toContain('1-th guest');
});
