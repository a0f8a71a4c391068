import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { XMLParser } from 'fast-xml-parser';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { needs } from '../../../test/tier.ts';
import { buildTemplate, type TemplateInputs } from './build-template.ts';
import { HOME, PRO, writeWindowsMedium } from './medium/windows-medium.fixture.ts';
import { TemplateRefused } from './template-refused.ts';

const isoTest = needs('xorriso');
const KEY = 'AAAAA-11111-BBBBB-22222-CCCCC';
const DRIVER = 'PK\x03\x04 driver';
const VIRTIO = {
  'guest-agent/qemu-ga-x86_64.msi': 'agent',
  'vioserial/w11/amd64/vioser.inf': 'serial inf',
  'vioserial/w11/amd64/vioser.pdb': 'symbols',
  'NetKVM/w11/amd64/netkvm.inf': 'network inf',
};

let folder: string;
let inputs: TemplateInputs;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "code43 it's-"));
  const iso = await writeWindowsMedium(join(folder, 'windows.iso'), [HOME, PRO]);
  inputs = { iso, virtio: join(folder, 'virtio.iso'), out: join(folder, 'out'), edition: 'Professional' };
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const xorriso = async (...words: readonly string[]): Promise<string> =>
  (await promisify(execFile)('xorriso', ['-no_rc', ...words])).stdout;

async function writeVirtio(files: Readonly<Record<string, string>>): Promise<void> {
  const from = join(folder, 'virtio');
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(from, dirname(name)), { recursive: true });
    await writeFile(join(from, name), text);
  }
  await xorriso(
    '-outdev',
    `stdio:${inputs.virtio}`,
    '-volid',
    'VIRTIO-WIN-TEST',
    '-map',
    from,
    '/',
    '-commit',
  );
}

function build(more: Partial<TemplateInputs> = {}, signal = new AbortController().signal) {
  return buildTemplate({ ...inputs, ...more }, { progress: () => undefined, signal });
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex');

async function pinnedDriver(): Promise<NonNullable<TemplateInputs['driver']>> {
  const path = join(folder, 'gfx.zip');
  await writeFile(path, DRIVER, 'latin1');
  return { path, sha256: sha256(DRIVER) };
}

isoTest(
  'the ISO has the answer file at its root, and drivers, agent and scripts as they were pinned',
  async () => {
    await writeVirtio(VIRTIO);
    const { record } = await build({ key: KEY, driver: await pinnedDriver() });
    const iso = join(inputs.out, 'code43-win11.iso');
    // Windows reads the Joliet names; without it and Rock Ridge they would be short and in capitals.
    const names = await xorriso('-read_fs', 'norock', '-indev', `stdio:${iso}`, '-find', '/', '-type', 'f');
    const listed = names
      .trim()
      .split('\n')
      .map((line) => line.slice(1, -1));
    expect(listed.sort()).toEqual(
      [
        '/autounattend.xml',
        '/code43/SetupComplete.cmd',
        ...['agent', 'check', 'driver', 'finish', 'prepare', 'steps']
          .filter((name) => name !== 'agent')
          .map((name) => `/code43/${name}.ps1`),
        '/code43/driver/display.zip',
        '/code43/drivers/netkvm/netkvm.inf',
        '/code43/drivers/vioserial/vioser.inf',
        '/code43/qemu-ga.msi',
      ].sort(),
    );
    const read = join(folder, 'read');
    await xorriso('-osirrox', 'on', '-indev', `stdio:${iso}`, '-extract', '/', read);
    const text = (name: string): Promise<string> => readFile(join(read, name), 'latin1');
    expect(await text('autounattend.xml')).toBe(
      await readFile(join(inputs.out, 'autounattend.xml'), 'latin1'),
    );
    expect(await text('code43/drivers/vioserial/vioser.inf')).toBe('serial inf');
    expect(await text('code43/driver/display.zip')).toBe(DRIVER);
    expect(await text('code43/driver.ps1')).toContain(sha256(DRIVER));
    expect(record.virtio).toEqual({
      label: 'VIRTIO-WIN-TEST',
      files: {
        'qemu-ga.msi': sha256('agent'),
        'drivers/vioserial/vioser.inf': sha256('serial inf'),
        'drivers/netkvm/netkvm.inf': sha256('network inf'),
      },
    });
    expect(record.iso.sha256).toBe(
      createHash('sha256')
        .update(await readFile(iso))
        .digest('hex'),
    );
    expect(record.windows).toMatchObject({ index: 2, name: 'Windows 11 Pro' });
  },
);

isoTest('the password is new each time, and it and the key stand in the answer file alone', async () => {
  await writeVirtio(VIRTIO);
  const passwords: string[] = [];
  for (const out of ['one', 'two'].map((name) => join(folder, name))) {
    const built = await build({ out, key: KEY });
    const answers = new XMLParser({ parseTagValue: false }).parse(
      await readFile(join(out, 'autounattend.xml'), 'utf8'),
    ) as object;
    const password = /"Password":\{"Value":"([^"]+)"/.exec(JSON.stringify(answers))?.[1] ?? '';
    expect(password).toMatch(/^[\w-]{24}aA1!$/);
    passwords.push(password);
    const said = JSON.stringify(built) + (await readFile(join(out, 'README.md'), 'utf8'));
    for (const secret of [password, KEY]) {
      expect(said).not.toContain(secret);
      expect(await readFile(join(out, 'template.json'), 'utf8')).not.toContain(secret);
    }
    const modes = ['.', 'autounattend.xml', 'code43-win11.iso'].map((name) => stat(join(out, name)));
    expect((await Promise.all(modes)).map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o600, 0o600]);
  }
  expect(passwords[0]).not.toBe(passwords[1]);
});

isoTest('what is there is never overwritten; an empty folder is used', async () => {
  await writeVirtio(VIRTIO);
  await mkdir(inputs.out);
  await build();
  const before = await readFile(join(inputs.out, 'autounattend.xml'), 'utf8');
  await expect(build()).rejects.toThrow('nothing is overwritten');
  await expect(build({ out: inputs.iso })).rejects.toThrow('nothing is overwritten');
  expect(await readFile(join(inputs.out, 'autounattend.xml'), 'utf8')).toBe(before);
});

isoTest('where an input cannot be used nothing is left behind, and it is said which', async () => {
  await writeVirtio({ 'vioserial/w11/amd64/vioser.inf': 'x' });
  const before = await readdir(folder);
  const refusals: readonly (readonly [Partial<TemplateInputs>, string])[] = [
    [{}, 'guest-agent/qemu-ga-x86_64.msi'],
    [{ virtio: inputs.iso }, 'no ISO 9660'],
    [{ virtio: join(folder, 'none.iso') }, 'there is no such file'],
    [{ iso: inputs.virtio }, 'no UDF volume'],
    [{ edition: 'Server' }, '"Server"'],
    [{ key: 'x' }, 'product key'],
    [{ driver: { path: inputs.iso, sha256: undefined } }, 'neither'],
  ];
  for (const [more, why] of refusals) {
    const refused = build(more);
    await expect(refused).rejects.toThrow(why);
    await expect(refused).rejects.toThrow(TemplateRefused);
  }
  expect(await readdir(folder)).toEqual(before);
});

isoTest('a build that is stopped leaves nothing behind', async () => {
  await writeVirtio(VIRTIO);
  const before = await readdir(folder);
  await expect(build({}, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  expect(await readdir(folder)).toEqual(before);
});

isoTest('a download of virtio-win that broke off is told from one that is whole', async () => {
  await writeVirtio(VIRTIO);
  const whole = await readFile(inputs.virtio);
  // The volume ends before the file does: xorriso pads it.
  const volume = whole.readUInt32LE(16 * 2048 + 80) * 2048;
  await writeFile(inputs.virtio, whole.subarray(0, volume - 2048));
  await expect(build()).rejects.toThrow('is cut off');
});

isoTest('without xorriso it is said what to install', async () => {
  await writeVirtio(VIRTIO);
  vi.stubEnv('PATH', '/nonexistent');
  await expect(build()).rejects.toThrow(/xorriso/);
});
