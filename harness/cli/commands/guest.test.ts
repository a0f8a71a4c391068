import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeWindowsMedium, HOME, PRO } from '../../guest/windows/template/medium/windows-medium.fixture.ts';
import { needs } from '../../test/tier.ts';
import { run } from '../../wire/shell.ts';
import { runProgram } from '../program.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code43-guest-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

async function guest(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  // A spy on a spy would write to the first one's text.
  vi.restoreAllMocks();
  const written = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((written.out += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((written.err += String(text))));
  const code = await runProgram(['guest', ...words]);
  return { code, ...written };
}

test('the help of build win11 says that no real Windows was installed with it yet', async () => {
  const { code, out } = await guest('build', 'win11', '--help');
  expect(code).toBe(0);
  expect(out).toContain('UNVERIFIED');
  for (const option of ['--iso', '--virtio', '--out', '--edition', '--driver-sha256', '--key'])
    expect(out).toContain(option);
});

test('build still takes the names of the small guests, and its help knows both', async () => {
  expect((await guest('build', 'nosuch')).err).toContain('there is no guest image "nosuch"');
  const { out } = await guest('build', '--help');
  expect(out).toMatch(/standin-windows.*linux/);
  expect(out).toContain('win11');
});

test.each([
  [['build', 'win11'], "required option '--iso <file>'"],
  [
    ['build', 'win11', '--iso', 'x', '--virtio', 'x', '--out', 'x', '--driver-sha256', 'x'],
    'belongs to a --driver',
  ],
])('%j is wrong, and it is said why', async (words, why) => {
  const { code, out, err } = await guest(...words);
  expect(err).toContain(why);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});

test('an input that cannot be used is a mistake of the command line, and no key is repeated', async () => {
  const iso = join(folder, 'windows.iso');
  await writeFile(iso, 'no ISO');
  const files = ['--iso', iso, '--virtio', iso, '--out', join(folder, 'out')];
  const { code, out, err } = await guest('build', 'win11', ...files, '--key', 'SECRET-KEY');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('five groups');
  expect(err).not.toContain('SECRET');
  expect((await guest('build', 'win11', ...files)).err).toContain(`${iso} is no ISO`);
});

needs('xorriso')('build win11 prints the steps, or with --json all of it as one document', async () => {
  const iso = await writeWindowsMedium(join(folder, 'Win11.iso'), [HOME, PRO]);
  const virtio = join(folder, 'virtio.iso');
  const empty = join(folder, 'empty');
  await writeFile(empty, 'x');
  const names = [
    'guest-agent/qemu-ga-x86_64.msi',
    'vioserial/w11/amd64/vioser.inf',
    'NetKVM/w11/amd64/netkvm.inf',
  ];
  const maps = names.flatMap((name) => ['-map', empty, `/${name}`]);
  await run(['xorriso', '-no_rc', '-outdev', `stdio:${virtio}`, ...maps, '-commit']);
  const words = ['build', 'win11', '--iso', iso, '--virtio', virtio, '--edition', 'Core', '--key', KEY];
  const text = await guest(...words, '--out', join(folder, 'one'));
  expect(text.code).toBe(0);
  expect(text.out).toMatch(/^UNVERIFIED[^]*Windows 11 Home[^]*WINDOWS=Win11\.iso[^]*qm template/);
  const { code, out, err } = await guest(...words, '--out', join(folder, 'two'), '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    schema: 1,
    unverified: true,
    out: join(folder, 'two'),
    windows: { name: 'Windows 11 Home' },
    withKey: true,
  });
  for (const said of [text.out, text.err, out, err]) expect(said).not.toContain(KEY);
});

const KEY = 'AAAAA-11111-BBBBB-22222-CCCCC';
