import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { IGPU_FAMILIES } from '../../igpu/families.ts';
import { pciIdHere } from '../pci-id-here.ts';
import { runProgram } from '../program.ts';

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function igpu(...words: string[]): Promise<{ code: unknown; out: string; err: string }> {
  const written = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((written.out += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((written.err += String(text))));
  const code = await runProgram(['igpu', ...words]);
  vi.restoreAllMocks();
  return { code, ...written };
}

it('says of an N100 what it is and what each QEMU does with it', async () => {
  const { code, out } = await igpu('N100');
  expect(code).toBe(0);
  expect(out).toMatch(/^Alder Lake-N/m);
  expect(out).toMatch(/^generation +8 +unknown +12 +12$/m);
  expect(out).toMatch(/^i440fx +legacy +UPT +legacy +UPT$/m);
  expect(out).toContain('0x10 512');
  expect(out).toContain('0xf0 4 ');
});

it('takes a name in several words, a PCI id and a codename for the same', async () => {
  const code = async (...words: string[]): Promise<unknown> => {
    const { out } = await igpu(...words, '--json');
    return (JSON.parse(out) as { family: { code: string } }).family.code;
  };
  expect(await code('Core', 'Ultra', '7', '155H')).toBe('MTL');
  expect(await code('8086:7D55')).toBe('MTL');
  expect(await code('Meteor Lake')).toBe('MTL');
});

it('says which families a name leaves open', async () => {
  expect((await igpu('i5-13400')).out).toContain('ADL-S as well');
});

it('says of a part without graphics that there is nothing to pass through', async () => {
  const { code, out } = await igpu('i5-12400F');
  expect(code).toBe(0);
  expect(out).toContain('nothing to pass through');
});

it.each([
  ['N101', 'N100'],
  ['8086:46d9', '8086:46d4'],
  ['10de:1234', 'not an Intel device'],
  ['banana', 'such as 8086:46d1'],
  ['ff:1f.7', 'lspci -nn'],
])('%s is not known: exit code 2, and a hint', async (name, hint) => {
  const { code, out, err } = await igpu(name);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(hint);
});

it('fits 80 columns for every family', async () => {
  for (const { devices } of IGPU_FAMILIES) {
    const { out } = await igpu(`8086:${devices.slice(0, 4)}`);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  }
});

it('reads the id of a device of this machine by its address', async () => {
  const sysfs = await mkdtemp(join(tmpdir(), 'code43-igpu-'));
  try {
    await mkdir(join(sysfs, '0000:00:02.0'));
    await writeFile(join(sysfs, '0000:00:02.0', 'vendor'), '0x8086\n');
    await writeFile(join(sysfs, '0000:00:02.0', 'device'), '0x46d1\n');
    expect(await pciIdHere('00:02.0', sysfs)).toBe('8086:46d1');
    expect(await pciIdHere('0000:00:02.0', sysfs)).toBe('8086:46d1');
    await expect(pciIdHere('00:03.0', sysfs)).rejects.toThrow('no PCI device 00:03.0');
  } finally {
    await rm(sysfs, { recursive: true });
  }
});
