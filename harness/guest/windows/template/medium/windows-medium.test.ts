import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TemplateRefused } from '../template-refused.ts';
import { HOME, PRO, udfVolume, wim, wimXml } from './windows-medium.fixture.ts';
import { readWindowsMedium } from './windows-medium.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code43-medium-'));
  path = join(folder, 'windows.iso');
});

afterEach(() => rm(folder, { recursive: true }));

const medium = (name = 'install.wim', pieces = 1): Buffer =>
  udfVolume(name, wim(wimXml([HOME, PRO])), pieces);

test.each([
  ['a WIM', 'install.wim', 1],
  ['an ESD, whatever the case of its name', 'Install.ESD', 1],
  ['a file in several runs', 'install.wim', 3],
])('the editions of %s are listed with number, build and language', async (_, name, pieces) => {
  await writeFile(path, medium(name, pieces));
  expect(await readWindowsMedium(path)).toEqual(
    [HOME, PRO].map(({ name: title, edition }, at) => ({
      index: at + 1,
      name: title,
      edition,
      architecture: 9,
      build: 26100,
      revision: 1742,
      language: 'en-US',
    })),
  );
});

test.each([
  ['no file', null, 'there is no such file'],
  ['text', Buffer.alloc(100_000, 'x'), 'no ISO'],
  ['an empty file', Buffer.alloc(0), 'no ISO'],
  ['ISO 9660 alone', iso9660('DEBIAN 13'), '"DEBIAN 13"'],
  ['a download that broke off', medium().subarray(0, -10_000), 'is cut off'],
  ['one that broke off early', medium().subarray(0, 100_000), 'too short'],
  ['another medium', udfVolume('other.bin', Buffer.alloc(10)), 'no sources/install.wim'],
  ['an image file that is none', udfVolume('install.wim', Buffer.alloc(5000)), 'does not begin with MSWIM'],
  ['one without editions', udfVolume('install.wim', wim('\ufeff<WIM></WIM>')), 'lists no edition'],
])('%s is refused, and it is said why', async (_, bytes, why) => {
  if (bytes !== null) await writeFile(path, bytes);
  const refused = readWindowsMedium(path);
  await expect(refused).rejects.toThrow(why);
  await expect(refused).rejects.toThrow(TemplateRefused);
  await expect(refused).rejects.toThrow(path);
});

test('a directory is refused', async () => {
  await expect(readWindowsMedium(folder)).rejects.toThrow('not a regular file');
});

test('a damaged medium is read or refused, and never makes anything else happen', async () => {
  const whole = medium();
  const structures = whole.length - 32 * 2048;
  const damage = fc.array(fc.tuple(fc.nat(structures), fc.nat(255)), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(2047), async (bytes, within) => {
      const broken = Buffer.from(whole);
      for (const [at, value] of bytes) {
        // The volume's first part is empty: damage goes where the structures are.
        const sector = [16, 17, 32, 33, 256, 257, 258, 259, 260, 261, 262, 263][at % 12] ?? 0;
        broken[sector * 2048 + ((at + within) % 300)] = value;
      }
      await writeFile(path, broken);
      const read = await readWindowsMedium(path).catch((error: unknown) => error);
      if (!Array.isArray(read)) expect(read).toBeInstanceOf(TemplateRefused);
    }),
    { numRuns: 300 },
  );
});

/** A primary volume descriptor and nothing else. */
function iso9660(label: string): Buffer {
  const bytes = Buffer.alloc(40 * 2048);
  bytes.write('\x01CD001\x01', 16 * 2048, 'latin1');
  bytes.write(label.padEnd(32), 16 * 2048 + 40, 'latin1');
  bytes.write('\xffCD001\x01', 17 * 2048, 'latin1');
  return bytes;
}
