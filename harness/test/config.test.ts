import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPty } from '../wire/pty.ts';
import { code43 } from './cli.fixture.ts';
import { needs, needsPty } from './tier.ts';

// Written by hand in the form of a Proxmox 9.2 node's own file.
const CONFIG = `#First%3A 100%25 %C3%A4
#
#last
bios: ovmf
cores: 2
hostpci0: 0000:00:02.0,pcie=1
kvm: 0
lock: snapshot
machine: q35
memory: 4096
name: win11
parent: clean
scsi0: local:110/vm-110-disk-0.qcow2,size=64G

[PENDING]
cores: 4
delete: name

[clean]
#before%3A tests
bios: ovmf
cores: 1
hostpci0: 0000:00:02.0,pcie=1,romfile=a.rom
machine: q35
memory: 4096
snaptime: 1795353253
vmstate: local:110/vm-110-state-clean.raw
`;

const PROGRAM = join(import.meta.dirname, '../cli/bin.mjs');
const ptyTest = needsPty(needs());

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code43-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), text);
  return name;
}

const config = (...words: string[]) => code43(folder, ['config', ...words]).done;

test('show tells whose each key is, what is pending, and the snapshots, in at most 80 columns', async () => {
  const { code, stdout } = await config('show', await file('110.conf', CONFIG));
  expect(code).toBe(0);
  expect(stdout).toContain('\nUnder test\n  bios      ovmf\n');
  expect(stdout).toContain("\nThe guest's own\n  name    win11\n");
  expect(stdout).toContain('\n  cores  2 → 4 · under test\n  name   win11 → (removed)\n');
  expect(stdout).toContain(
    '\n  clean    2026-11-22 13:14:13 UTC · running, with its memory · before: tests\n',
  );
  expect(stdout).toContain('\n    (now)  the VM goes on from here\n');
  expect(stdout).toContain('\nDescription\n  First: 100% ä\n\n  last\n');
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('show --json is one document with the digest that Proxmox has; --snapshot shows what that one holds', async () => {
  const path = await file('110.conf', CONFIG);
  const whole = JSON.parse((await config('show', path, '--json')).stdout) as unknown;
  expect(whole).toMatchObject({
    schema: 1,
    file: '110.conf',
    // What sha1sum prints.
    digest: '796cea5b6b530e0a8ea9fdf74e8837ec8fcb09a6',
    snapshot: null,
    pending: [
      { key: 'cores', from: '2', to: '4', class: 'under-test' },
      { key: 'name', to: null },
    ],
    snapshots: [
      { name: 'clean', time: '2026-11-22T13:14:13Z', withMemory: true },
      { name: null, depth: 1 },
    ],
    problems: [],
  });
  const clean = JSON.parse((await config('show', path, '--json', '--snapshot', 'clean')).stdout) as unknown;
  expect(clean).toMatchObject({ snapshot: 'clean', description: 'before: tests', pending: [] });
  const { code, stderr } = await config('show', path, '--snapshot', 'Clean');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'code43: 110.conf has no snapshot "Clean"; it has clean.\n',
  });
});

test('show points at what Proxmox would drop', async () => {
  const { stdout } = await config('show', await file('bad.conf', 'cores: two\n[x]\nvga: none\n'));
  expect(stdout).toContain(
    'bad.conf:1:8: cores: "two" is not a whole number\n  1 | cores: two\n    |        ^\n',
  );
  expect(stdout).toContain('bad.conf:3:1: Proxmox skips what stands in the section "x"');
});

test('diff compares files, snapshots and what is pending by meaning, and its exit code says which', async () => {
  const path = await file('110.conf', CONFIG);
  const other = await file(
    'other.conf',
    CONFIG.replace('0000:00:02.0,pcie=1\nkvm', 'pcie=on,host=00:02.0\nkvm'),
  );
  expect(await config('diff', path, other)).toMatchObject({
    code: 0,
    stdout: '110.conf → other.conf: no difference in meaning\n',
  });
  const pending = await config('diff', path, `${path}@pending`, '--json');
  expect(pending.code).toBe(1);
  expect(JSON.parse(pending.stdout)).toMatchObject({
    differences: [
      { key: 'cores', class: 'under-test', from: '2', to: '4' },
      { key: 'name', to: null },
    ],
  });
  const { code, stdout } = await config('diff', `${path}@clean`, path);
  expect(code).toBe(1);
  expect(stdout).toContain('\n  cores     1 → 2\n  hostpci0  romfile: a.rom → (not set)\n');
  expect(stdout).not.toContain('description');
  const described = await config('diff', path, await file('plain.conf', CONFIG.replace(/^#.*$/gm, '#Other')));
  expect(described.stdout).toContain(
    '\n  description  - First: 100% ä\n               - \n               - last\n',
  );
  expect((await config('diff', path, 'none.conf')).code).toBe(2);
});

test('fmt prints what Proxmox would write, from standard input too, and --check tells whether it stands so', async () => {
  const path = await file('110.conf', CONFIG);
  expect(await config('fmt', path)).toEqual({ code: 0, stdout: CONFIG, stderr: '' });
  expect(await config('fmt', '--check', path)).toEqual({ code: 0, stdout: '', stderr: '' });
  const unsorted = await file('unsorted.conf', 'memory: 512\r\ncores: 2\r\n');
  expect((await config('fmt', '--check', unsorted)).code).toBe(1);
  expect(await fmtOfInput('numa: on\ncores: 2')).toBe('cores: 2\nnuma: 1\n');
});

test('fmt --write replaces the file in one step, keeps its mode, and leaves nothing beside it', async () => {
  const path = await file('write.conf', 'memory: 512\ncores: 2\n');
  await chmod(join(folder, path), 0o640);
  await symlink(path, join(folder, 'link.conf'));
  expect(await config('fmt', '--write', 'link.conf')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await readFile(join(folder, path), 'utf8')).toBe('cores: 2\nmemory: 512\n');
  expect((await stat(join(folder, path))).mode & 0o777).toBe(0o640);
  expect((await readdir(folder)).filter((name) => name.includes('.tmp'))).toEqual([]);
});

test('fmt refuses to lose a line, names it, and leaves it out only with --drop', async () => {
  const text = 'vga: none\nnosuchkey: 1\n';
  const path = await file('lossy.conf', text);
  const refused = await config('fmt', '--write', path);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('lossy.conf:2:12: "nosuchkey" is no key of Proxmox 9.2');
  expect(await readFile(join(folder, path), 'utf8')).toBe(text);
  const dropped = await config('fmt', '--drop', path);
  expect(dropped).toMatchObject({ code: 0, stdout: 'vga: none\n' });
  expect(dropped.stderr).toContain('"nosuchkey"');
});

test.each([
  ['a config of Proxmox itself', ['fmt', '--write', '/etc/pve/qemu-server/100.conf'], 'qm set'],
  ['standard input to write', ['fmt', '--write', '-'], 'leave out --write'],
  ['standard input twice', ['diff', '-', '-'], 'read only once'],
  ['a file that is too large', ['show', 'large.conf'], 'larger than 262144 bytes'],
  ['a file that is no text', ['show', 'latin1.conf'], 'not UTF-8 text, first in line 2'],
])('%s is refused plainly, with exit code 2', async (_, words, said) => {
  await file('large.conf', 'x'.repeat(262_145));
  await file('latin1.conf', Uint8Array.from([0x23, 0x0a, 0x23, 0xe4, 0x0a]));
  const { code, stdout, stderr } = await config(...words);
  expect(stderr).toContain(said);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

const HOSTILE =
  '#a%1B]0;x%07%E2%80%AE\nargs: -x \u001b[2J\u202e\nname\u001b[31m: x\n[snap\u001b]\n[clean]\n#%1B[31m\n';

test('no config steers the terminal', async () => {
  const path = await file('hostile.conf', HOSTILE);
  const commands = [['show'], ['show', '--json'], ['diff', `${path}@clean`], ['fmt', '--check'], ['fmt']];
  for (const words of commands) {
    const { stdout, stderr } = await config(...words, path);
    expect(stdout + stderr).toMatch(/\\x1b|\\u001b/);
    expect(stdout + stderr).not.toMatch(/[\u001b\u0007\u202e]/);
  }
});

test('fmt prints the very bytes into a pipe', async () => {
  const text = 'args: -x \u009b2J\u202e\n';
  const path = await file('bytes.conf', text);
  expect((await config('fmt', path)).stdout).toBe(text);
});

ptyTest('fmt escapes on a terminal what that would obey', async () => {
  const path = await file('bytes.conf', 'args: -x \u009b2J\u202e\n');
  const pty = openPty([process.execPath, PROGRAM, 'config', 'fmt', join(folder, path)], {
    columns: 80,
    rows: 24,
  });
  let screen = '';
  pty.onData((data) => (screen += data.toString()));
  await expect.poll(() => screen, { timeout: 30_000 }).toContain('args: -x \\x9b2J\\u202e');
  expect((await pty.exited).code).toBe(0);
});

async function fmtOfInput(text: string): Promise<string> {
  const child = spawn(process.execPath, [PROGRAM, 'config', 'fmt', '-'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(text);
  let stdout = '';
  for await (const chunk of child.stdout) stdout += String(chunk);
  return stdout;
}
