import { expect, test } from 'vitest';
import { framed } from '../guest/answers/fixtures/windows-answer.ts';
import { diagnose, understand } from '../diagnosis/diagnose.ts';
import { LITERALS } from '../diagnosis/literals.ts';
import { InputReader } from '../diagnosis/read/input-reader.ts';
import { ConnectionLost } from '../wire/machine/machine.ts';
import { collect } from './collect.ts';
import { COLLECTOR_IDS } from './collector.ts';
import { COLLECTORS } from './collectors.ts';
import { changed, config, IGPU, READY, VMID } from './fixtures/n100-node.ts';
import { recordedHost, type Recording } from './fixtures/recorded-host.ts';
import type { ArchiveFile } from './tar.ts';

const ABOUT = { vmid: VMID, version: '0.0.0', names: ['root', 'attic.lab.example.net'] };

async function filesOf(recording: Recording): Promise<ReadonlyMap<string, string>> {
  const { files } = await collect(recordedHost(recording), ABOUT);
  return new Map(
    files.map(({ name, bytes }) => [name.replace('code43-collected/', ''), text({ name, bytes })]),
  );
}

const text = ({ bytes }: ArchiveFile): string => Buffer.from(bytes).toString();

/** The guest's answer, bound to the nonce that it was asked with. */
function answered(argv: readonly string[]): string {
  const document = {
    schema: 1,
    nonce: argv.at(-1),
    os: { boot: '0b51ac1e-5d0a-4d3e-8a60-0f7a5c3b9a10', up: 500, kernel: '6.12.0', name: 'lena' },
    pciCount: 9,
    gpu: [{ address: '0000:00:02.0', id: '8086:46d1', driver: 'i915', version: null }],
    err: [],
  };
  return JSON.stringify({ exitcode: 0, exited: 1, 'out-data': framed(document), 'out-truncated': 0 });
}

const LINUX = changed(
  config((conf) => conf.replace('ostype: win11', 'ostype: l26')),
  { 'qm guest exec 103 *': answered },
);

test('every collector has its place in the table, and a file of its own', () => {
  expect(COLLECTORS.map(({ id }) => id)).toEqual(COLLECTOR_IDS);
  expect(new Set(COLLECTORS.map(({ file }) => file)).size).toBe(COLLECTORS.length);
});

test('a node that has everything gives everything', async () => {
  const files = await filesOf(LINUX);
  expect([...files.keys()].toSorted()).toEqual(
    ['collected.txt', 'facts.txt', ...COLLECTORS.map(({ file }) => file)].toSorted(),
  );
  expect(files.get('collected.txt')).not.toContain('missing');
  expect(files.get('start-task.txt')).toContain(':root@pam:');
  expect(files.get('rom.txt')).toMatch(/bytes: 4096\nsha256: [0-9a-f]{64}\nUEFI firmware executes it: yes/);
  expect(files.get('probe.json')).toContain('"driver":"i915"');
});

/** What identifies somebody, planted in every channel. */
const SECRETS = [
  'BC:24:11:8A:82:A7',
  '84b509b6-26c3-4aa3-ace5-0571691f8402',
  '192.168.7.9',
  '2001:db8::42',
  'S4EWNX0R123456',
  '00-e0-4c-ff-ff-36-00-19',
  'attic',
  'lena',
  'someone@example.org',
  'swordfish',
];
const PLANTED = SECRETS.filter((secret) => secret !== 'S4EWNX0R123456' && secret !== 'swordfish').join(' ');
const LINE = `\n# note: ${PLANTED} serial=S4EWNX0R123456\n`;

test('no identity comes through in any channel', async () => {
  const files = Object.entries(LINUX.files).map(([path, content]) =>
    /usr\/share\/kvm|\/sys\//.test(path) ? [path, content] : [path, content + LINE],
  );
  const commands = Object.entries(LINUX.commands).map(([line, said]) =>
    typeof said === 'string' && !/^(?:uname -n|hostname)/.test(line) ? [line, said + LINE] : [line, said],
  );
  const recording: Recording = {
    files: {
      ...(Object.fromEntries(files) as Recording['files']),
      '/etc/pve/qemu-server/103.conf': `#swordfish\ncipassword: swordfish\n${LINUX.files['/etc/pve/qemu-server/103.conf'] ?? ''}`,
    },
    commands: Object.fromEntries(commands) as Recording['commands'],
  };
  const found = await filesOf(recording);
  // Each channel had something to hide, and still has what it is for.
  expect(found.size).toBe(COLLECTORS.length + 2);
  for (const [name, content] of found)
    for (const secret of SECRETS)
      expect(content.toLowerCase(), `${secret} in ${name}`).not.toContain(secret.toLowerCase());
  expect(found.get('lspci.txt')).toContain('zserial-0');
});

test('what is missing is named, with the reason, and the rest is there', async () => {
  const files = await filesOf(
    changed({ '/proc/cmdline': null }, { 'lspci -nnk': null, 'qm showcmd 103': { code: 2, err: 'no\n' } }),
  );
  expect(files.get('collected.txt')).toMatch(
    /missing {3}kernel-command-line\.txt .*\n +because there is no \/proc\/cmdline\n +instead give \/proc\/cmdline/,
  );
  expect(files.get('collected.txt')).toMatch(/because there is no program lspci/);
  expect(files.get('collected.txt')).toMatch(/qemu-command-line\.txt .*\n +because qm showcmd 103: no\n/);
  expect(files.get('kernel-log.txt')).toContain('Linux version');
});

test('a romfile that leaves its directory is not read', async () => {
  const out = config((conf) => conf.replace('romfile=igpu.rom', 'romfile=../../../etc/shadow'));
  const files = await filesOf(changed({ ...out, '/etc/shadow': 'x' }, { 'qm showcmd 103': null }));
  expect(files.has('rom.txt')).toBe(false);
});

test('an answer of the probe to another question is refused', async () => {
  const stale = {
    'qm guest exec 103 *': (argv: readonly string[]) => answered([...argv.slice(0, -1), 'another000000000']),
  };
  const files = await filesOf({ files: LINUX.files, commands: { ...LINUX.commands, ...stale } });
  expect(files.get('collected.txt')).toMatch(/because the probe’s answer is refused: .*another question/);
});

test('a connection that is lost ends it', async () => {
  const host = recordedHost(READY);
  const broken = { ...host, run: (): never => { throw new ConnectionLost('gone'); } }; // prettier-ignore
  await expect(collect(broken, ABOUT)).rejects.toThrow(ConnectionLost);
});

test('a diagnosis understands the files, and takes nothing of them for what a person states', async () => {
  const { files } = await collect(recordedHost(LINUX), ABOUT);
  const inputs = files.map(({ name, bytes }) => {
    const reader = new InputReader(name, LITERALS);
    reader.write(bytes);
    return reader.end();
  });
  const kinds = Object.fromEntries(
    inputs.map(({ seen }) => [
      seen.input.replace('code43-collected/', ''),
      [...new Set(seen.parts.map(({ kind }) => kind))],
    ]),
  );
  expect(kinds).toMatchObject({
    'vm.conf': ['proxmox-config'],
    'qemu-command-line.txt': ['qemu-command-line'],
    'start-task.txt': ['qemu-log'],
    'kernel-log.txt': ['kernel-log'],
    'kernel-log-before.txt': ['kernel-log'],
    'kernel-command-line.txt': ['host-file'],
    'module-options.txt': ['host-file'],
    'lspci.txt': ['lspci'],
    'pve-versions.txt': ['pve-versions'],
    'probe.json': ['probe-answer'],
    'facts.txt': ['facts'],
  });
  expect(
    Object.entries(kinds)
      .filter(([, parts]) => parts.includes('facts'))
      .map(([name]) => name),
  ).toEqual(['facts.txt', 'qemu-version.txt']);
  expect(diagnose(inputs).notUnderstood).toEqual([]);
  expect(
    understand(inputs)
      .of.vms.map(({ form }) => form)
      .toSorted(),
  ).toEqual(['proxmox', 'qemu']);
});

test('what is collected tells the width of the IOMMU’s addresses, and a class that is not VGA', async () => {
  const told = async (recording: Recording) => {
    const read = [...(await filesOf(recording))].map(([name, content]) => {
      const reader = new InputReader(name, LITERALS);
      reader.write(Buffer.from(content));
      return reader.end();
    });
    const { facts } = understand(read).of;
    return [facts.of('iommuWidth').map(({ value }) => value), facts.has('deviceClass', '0380')];
  };
  expect(await told(READY)).toEqual([expect.arrayContaining([39]), false]);
  expect(await told(changed({ [`${IGPU}/class`]: '0x038000\n' }, { 'lspci -nnk': null }))).toEqual([
    expect.arrayContaining([39]),
    true,
  ]);
});
