import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, test } from 'vitest';
import { romDigest } from '../rom/cache/rom-cache.ts';
import { writeTestRom } from '../rom/write.ts';
import { fileListener } from '../wire/file-server.fixture.ts';
import { code43, project } from './cli.fixture.ts';
import { selfSigned } from './self-signed.fixture.ts';

const ROM = writeTestRom('good', { vendor: '8086', device: '46d1' });
const OTHER = writeTestRom('efi-only', { vendor: '8086', device: '46d1' });

let folder = '';
let env: Record<string, string> = {};
beforeEach(async () => {
  folder = await project();
  env = { XDG_CACHE_HOME: join(folder, 'cache') };
});

async function rom(...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const set = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return code43(folder, ['rom', ...words], ['env', ...set]).done;
}

/** A release on a server of this test, in a manifest of the project. Out: what its server gives, to be changed. */
async function release(
  sha256: string | null,
  trusted = true,
): Promise<{ bytes: Uint8Array; manifest: string }> {
  const pair = selfSigned();
  await writeFile(join(folder, 'ca.pem'), pair.cert);
  if (trusted) env = { ...env, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
  const served = { bytes: ROM, manifest: join(folder, 'roms', 'some-v1.yaml') };
  const server: Server = createServer(
    pair,
    fileListener(() => ({ bytes: served.bytes, etag: '"v1"' })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/a.rom`;
  await writeFile(
    served.manifest,
    [
      '# A comment that stays.',
      'id: some/v1',
      'name: Some release',
      'source: null',
      'origin: A test.',
      'licence: MIT',
      'released: null',
      'roms:',
      '  - name: a',
      '    file: a.rom',
      `    url: ${url}`,
      `    sha256: ${sha256 ?? 'null # not pinned yet'}`,
      "    devices: ['8086:46d1'] # stays too",
      '',
    ].join('\n'),
  );
  return served;
}

describe('code43 rom fetch, over HTTPS', () => {
  it('shows the digest of a ROM that is not pinned and the line to write, and --pin writes it', async () => {
    const { manifest } = await release(null);
    const before = await readFile(manifest, 'utf8');
    const first = await rom('fetch', 'some/v1/a');
    expect(first.code).toBe(0);
    expect(first.stdout).toContain(`roms/some-v1.yaml:12 must say\n    sha256: ${romDigest(ROM)}`);
    const second = await rom('fetch', 'some/v1', '--pin');
    expect(second.stdout).toContain('in the cache, and right');
    expect(await readFile(manifest, 'utf8')).toBe(before.replace('null # not pinned yet', romDigest(ROM)));
    expect((await rom('list', 'some/v1')).stdout).toContain(`pinned ${romDigest(ROM).slice(0, 8)}`);
  });

  it('refuses another file than the pinned one, with both digests, and ends with 1', async () => {
    const served = await release(romDigest(ROM));
    served.bytes = OTHER;
    const { code, stderr } = await rom('fetch', 'some/v1/a');
    expect(code).toBe(1);
    expect(stderr).toContain(`its sha256 is ${romDigest(OTHER)}, the manifest states ${romDigest(ROM)}`);
    expect(stderr).toContain('Do not use it before you know why');
  });

  it('does not trust a certificate that nobody vouches for, and says what works without it', async () => {
    await release(romDigest(ROM), false);
    const { code, stderr } = await rom('fetch', 'some/v1/a');
    expect(code).toBe(3);
    expect(stderr).toContain('its certificate is not trusted');
    expect(stderr).toContain('rom fetch some/v1/a --from <file>');
  });

  it('prints one JSON document', async () => {
    await release(romDigest(ROM));
    const { code, stdout } = await rom('fetch', '--all', '--json', 'some/v1').then(async (both) => {
      expect(both).toMatchObject({ code: 2, stdout: '' });
      return rom('fetch', 'some/v1', '--json');
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      roms: [{ ref: 'some/v1/a', ok: true, how: 'download', sha256: romDigest(ROM), pinned: true }],
    });
  });
});

describe('code43 rom fetch --from, on a machine that is offline', () => {
  const REF = 'intel6-14rom/v2.0-20250622-100999/12-n100-q10';

  it('takes a file, and a run then finds it', async () => {
    await writeFile(join(folder, 'n100.rom'), ROM);
    const { code, stdout } = await rom('fetch', REF, '--from', join(folder, 'n100.rom'));
    expect({ code, out: stdout.includes(`taken from the file, ${ROM.length} bytes`) }).toEqual({
      code: 0,
      out: true,
    });
    expect((await rom('inspect', REF)).stdout).toContain(romDigest(ROM));
  });

  it('does not take what is no ROM', async () => {
    await writeFile(join(folder, 'page.rom'), '<html>Not found</html>');
    const { code, stderr } = await rom('fetch', REF, '--from', join(folder, 'page.rom'));
    expect(code).toBe(1);
    expect(stderr).toContain('it is a web page');
  });
});

describe('code43 rom verify', () => {
  it('has nothing to do where nothing was fetched', async () => {
    expect(await rom('verify')).toMatchObject({ code: 4 });
  });

  it('tells right, damaged and unknown files apart', async () => {
    await release(romDigest(ROM));
    await rom('fetch', 'some/v1');
    expect(await rom('verify', 'some/v1/a')).toMatchObject({ code: 0 });
    const roms = join(folder, 'cache', 'code43', 'roms');
    await writeFile(join(roms, `${romDigest(OTHER)}.rom`), OTHER);
    await writeFile(join(roms, `${'0'.repeat(64)}.rom`), 'x');
    const { code, stdout } = await rom('verify', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ unknown: [{ verdict: 'damaged' }] });
    await writeFile(join(roms, `${romDigest(ROM)}.rom`), 'damaged');
    expect((await rom('verify', 'some/v1/a')).stdout).toContain('DAMAGED');
  });

  it('ends with 1 when a ROM that was named is missing', async () => {
    expect(await rom('verify', 'intel6-14rom/v2.0-20250622-100999/12-n100-q10')).toMatchObject({ code: 1 });
  });
});

describe('code43 rom add', () => {
  it('writes a manifest that check accepts, and marks what a person must fill in', async () => {
    await mkdir(join(folder, 'in'));
    await writeFile(join(folder, 'in', 'n100.rom'), ROM);
    const added = await rom('add', join(folder, 'in', 'n100.rom'), '--id', 'mine/v1');
    expect(added.code).toBe(0);
    const text = await readFile(join(folder, 'roms', 'mine-v1.yaml'), 'utf8');
    expect(text).toContain(`sha256: ${romDigest(ROM)}`);
    expect(text).toContain("['8086:46d1']");
    expect(text.match(/TO FILL IN/g)).toHaveLength(2);
    expect(await code43(folder, ['check', 'local/rom-q35']).done).toMatchObject({ code: 0 });
    expect((await rom('inspect', 'mine/v1/n100')).stdout).toContain('known by its digest: mine/v1/n100');
    const again = await rom('add', join(folder, 'in', 'n100.rom'), '--id', 'mine/v1');
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toContain('is there already');
  });

  it('asks for the devices of a ROM that names none', async () => {
    await writeFile(join(folder, 'a.rom'), writeTestRom('good', { vendor: '8086', device: 'ffff' }));
    const { code, stderr } = await rom('add', join(folder, 'a.rom'), '--id', 'mine/v1');
    expect(code).toBe(2);
    expect(stderr).toContain('--device 8086:46d1');
  });

  it('takes a ROM from a URL, and keeps it', async () => {
    const served = await release(romDigest(ROM));
    const [url = ''] = /https:\/\/127\S+/.exec(await readFile(served.manifest, 'utf8')) ?? [];
    served.bytes = OTHER;
    const { code, stdout } = await rom('add', url, '--id', 'some/v1', '--name', 'b');
    expect({ code, out: stdout.split('\n')[0] }).toEqual({
      code: 2,
      out: '',
    });
    const other = await rom('add', url, '--id', 'other/v1', '--name', 'b', '--json');
    expect(JSON.parse(other.stdout)).toMatchObject({
      ref: 'other/v1/b',
      created: true,
      rom: { url, file: 'a.rom' },
    });
    expect(await rom('verify', 'other/v1/b')).toMatchObject({ code: 0 });
  });

  it('does not speak plain HTTP', async () => {
    const { code, stderr } = await rom('add', 'http://127.0.0.1:9/a.rom', '--id', 'mine/v1');
    expect(code).toBe(2);
    expect(stderr).toContain('only https is spoken');
  });
});

test('code43 rom diff ends with 0, 1 and 2', async () => {
  expect(await rom('diff', 'test/good', 'test/good')).toMatchObject({ code: 0 });
  const { code, stdout } = await rom('diff', 'test/good', 'test/no-last-image');
  expect(code).toBe(1);
  expect(stdout).toContain('last image: yes -> no');
  expect(await rom('diff', 'test/good', 'test/goood')).toMatchObject({ code: 2, stdout: '' });
});

test('code43 rom inspect says whether a ROM is for a device', async () => {
  const { code, stdout } = await rom('inspect', 'test/good', '--device', '8086:46d1');
  expect(code).toBe(0);
  expect(stdout).toContain('It does not name 8086:46d1, but 1234:1111.');
  expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true);
});
