import { createHash } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeTestRom } from '../../rom/write.ts';
import { runProgram } from '../program.ts';

const IDS = { vendor: '1234', device: '1111' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code43-rom-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

async function inspect(...args: string[]): Promise<{ code: unknown; out: string; err: string }> {
  const written = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((written.out += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((written.err += String(text))));
  const code = await runProgram(['rom', 'inspect', ...args]);
  vi.restoreAllMocks();
  return { code, ...written };
}

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

it('describes a good ROM and ends with 0', async () => {
  const { code, out, err } = await inspect(await file('good.rom', writeTestRom('good', IDS)));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('UEFI firmware (OVMF): would execute it');
});

it('ends with 1 for a ROM that UEFI firmware would not execute', async () => {
  const { code, out } = await inspect(await file('a.rom', writeTestRom('legacy-only', IDS)));
  expect(code).toBe(1);
  expect(out).toContain('rom.no-efi-image');
});

it('prints one JSON document with the digest, the facts and who would execute it', async () => {
  const bytes = writeTestRom('truncated', IDS);
  const path = await file('a.rom', bytes);
  const { code, out } = await inspect(path, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    file: path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    executes: { uefi: false, seabios: true },
    facts: { size: 4096, findings: [{ id: 'rom.truncated' }] },
  });
});

it('says what is wrong with a path that is no file, and ends with 2', async () => {
  const missing = await inspect(join(folder, 'missing.rom'));
  expect(missing).toMatchObject({ code: 2, out: '' });
  expect(missing.err).toContain('there is no such file');
  const directory = await inspect(folder, '--json');
  expect(directory).toMatchObject({ code: 2, out: '' });
  expect(directory.err).toContain('is a directory; give the path of a file in it.');
  expect((await inspect('/dev/zero')).err).toContain('not a regular file');
});

it('does not read a file of more than 16 MiB', async () => {
  const path = await file('large.rom', new Uint8Array(1));
  await truncate(path, 16 * 1024 * 1024 + 1);
  expect(await inspect(path)).toMatchObject({ code: 2, out: '' });
});

it('does not let a file name steer the terminal', async () => {
  const { out } = await inspect(await file('a\u001b[31m\u202e.rom', writeTestRom('good', IDS)));
  expect(out).toContain('a\\x1b[31m\\u202e.rom');
});
