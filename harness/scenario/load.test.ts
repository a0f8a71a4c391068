import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCells, type Loaded } from './load.ts';
import { scenarioTree, SMALL } from './scenario-tree.ts';

/** The example of the design, as a person would paste it. */
const EXAMPLE = `name: N100, Windows 11, q35
host: { igpu: "8086:46d1" }     # a requirement; or a host's name
guest: win11-iot                # scenarios/guests/win11-iot.yaml
config: |
  bios: ovmf
  machine: pc-q35-10.0
  cpu: host,hidden=1
  hostpci0: 0000:00:02.0,pcie=1,x-vga=1
  args: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-opregion=on
  vga: none
axes:
  rom: [none, intel6-14rom/v2.0-20250622-100999/12-n100-q10]
  config.machine: [pc-i440fx-10.0, pc-q35-10.0]
exclude: [{ rom: none, config.machine: pc-i440fx-10.0 }]
boots: [start, reset, start]
settle: { unchanged: 120, uptime: 180, samples: 6 }
expect:                         # first match wins
  - { when: { rom: none }, verdict: fail, finding: rom.missing }
  - { verdict: pass }
`;

async function load(
  files: Readonly<Record<string, string | Uint8Array>>,
  targets: readonly string[] = [],
  host?: string,
): Promise<Loaded> {
  const root = await scenarioTree(files);
  return loadCells(root, targets, { cwd: root, ...(host === undefined ? {} : { host }) });
}

const at = ({ problems }: Loaded): string[] =>
  problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);

const ids = ({ cells }: Loaded): string[] => cells.map(({ id }) => id);

describe('a whole scenario', () => {
  it('expands the example of the design to its three cells', async () => {
    const loaded = await load({ 'scenarios/n100.yaml': EXAMPLE });
    expect(at(loaded)).toEqual([]);
    expect(ids(loaded)).toEqual([
      'n100:config.machine=pc-q35-10.0,rom=none',
      'n100:config.machine=pc-i440fx-10.0,rom=intel6-14rom/v2.0-20250622-100999/12-n100-q10',
      'n100:config.machine=pc-q35-10.0,rom=intel6-14rom/v2.0-20250622-100999/12-n100-q10',
    ]);
    expect(loaded.cells.map(({ expect: { verdict } }) => verdict)).toEqual(['fail', 'pass', 'pass']);
    expect(loaded.cells[2]?.config).toContain(
      'hostpci0: 0000:00:02.0,pcie=1,x-vga=1,romfile=12-n100-q10.rom\n',
    );
    expect(loaded.cells[1]?.config).toContain('machine: pc-i440fx-10.0\n');
    expect(loaded.cells[0]?.settle).toEqual({ unchanged: 120, uptime: 180, samples: 6, limit: 600 });
  });

  it('names cells by the path below scenarios/ and gives each all that a run needs', async () => {
    const loaded = await load({ 'scenarios/local/small.yaml': SMALL });
    expect(loaded.cells[1]).toMatchObject({
      id: 'local/small:rom=test/good',
      scenario: 'local/small',
      file: 'scenarios/local/small.yaml',
      axes: { rom: 'test/good' },
      host: { id: 'local', igpu: { device: 'bochs-display' } },
      guest: { id: 'standin-windows', agentDeadline: 120 },
      rom: { ref: 'test/good', file: 'good.rom', recipe: 'good', url: null },
      boots: ['start'],
    });
  });

  it('takes the machine config a person pasted, and says once which keys belong to the guest', async () => {
    const pasted = SMALL.replace(
      '  machine: q35\n',
      '  boot: order=scsi0\n  machine: q35\n  scsi0: local:disk\n',
    );
    const { cells, notes, problems } = await load({ 'scenarios/a.yaml': pasted });
    expect(problems).toEqual([]);
    expect(notes).toMatchObject([
      { line: 5, column: 3, message: 'belongs to the guest, ignored: boot, scsi0' },
    ]);
    expect(cells[0]?.config).toBe('machine: q35\nhostpci0: 0000:00:02.0,pcie=1\n');
  });

  it('takes a ROM for all cells without an axis, and one that the config names by itself', async () => {
    const fixed = SMALL.replace(/axes:\n.*\n/, 'rom: test/good\n').replace(/ {2}- \{ when.*\n/, '');
    const own = fixed.replace('rom: test/good\n', '').replace('pcie=1', 'pcie=1,romfile=my.rom');
    const loaded = await load({ 'scenarios/a.yaml': fixed, 'scenarios/b.yaml': own });
    expect(at(loaded)).toEqual([]);
    expect(loaded.cells.map(({ rom }) => rom)).toMatchObject([
      { ref: 'test/good', recipe: 'good' },
      { ref: 'my.rom', file: 'my.rom', recipe: null, sha256: null },
    ]);
  });

  it('takes axis values as they are written, and null to take a key away', async () => {
    const axes =
      'axes:\n  config.hostpci0.x-vga: [null, 1]\n  config.machine: [pc-q35-10.0]\n  config.memory: [0512]\n';
    const text = SMALL.replace(/axes:\n.*\n/, axes).replace(/ {2}- \{ when.*\n/, '');
    const loaded = await load({ 'scenarios/a.yaml': text });
    expect(at(loaded)).toEqual([
      expect.stringMatching(/^scenarios\/a\.yaml:10:19: axis config\.memory: .*"0512"/),
    ]);
    const right = await load({ 'scenarios/a.yaml': text.replace('0512', '512') });
    expect(right.cells.map(({ config }) => config.includes('x-vga=1'))).toEqual([false, true]);
  });
});

describe('what is wrong is told at its line and column', () => {
  const cases: readonly [what: string, change: (text: string) => string, expected: string][] = [
    [
      'a wrong type',
      (s) => s.replace('name: Small', 'name: [1]'),
      '1:7: name: expected a line of text, got a list',
    ],
    ['an unknown key', (s) => s.replace('guest:', 'gest:'), '3:1: unknown key "gest"'],
    ['a key in settle', (s) => `${s}settle: { sample: 3 }\n`, '12:11: unknown key "sample" in settle'],
    [
      'a number that is text',
      (s) => `${s}settle: { uptime: yes }\n`,
      '12:19: settle.uptime: expected a number of seconds, got "yes"',
    ],
    ['a duplicate key', (s) => `${s}name: again\n`, '12:1: the key "name" stands here a second time'],
    [
      'a missing key',
      (s) => s.replace(/expect:[^]*/, ''),
      '1:1: "expect" is missing: expected a list of rules such as [{ verdict: pass }]',
    ],
    [
      'an unknown host',
      (s) => s.replace('local', 'lokal'),
      '2:7: unknown host "lokal": nothing in scenarios/hosts has that name',
    ],
    [
      'an unknown guest',
      (s) => s.replace('windows', 'windoze'),
      '3:8: unknown guest "standin-windoze": nothing in scenarios/guests has that name',
    ],
    [
      'an unknown fault',
      (s) => s.replace('config: |', 'fault: kernel-panick\nconfig: |'),
      ':8: unknown fault "kernel-panick"',
    ],
    [
      'a fault of a guest that has none',
      (s) => s.replace('standin-windows', 'linux').replace('config: |', 'fault: kernel-panic\nconfig: |'),
      'the guest "linux" cannot be asked for a fault: its image is not standin-windows',
    ],
    [
      'an unknown ROM',
      (s) => s.replace('test/good', 'test/god'),
      '8:15: unknown rom "test/god": nothing in roms has that name',
    ],
    [
      'a requirement no host meets',
      (s) => s.replace('local', '{ igpu: "8086:ffff" }'),
      '2:15: no host in scenarios/hosts has the iGPU "8086:ffff"',
    ],
    [
      'an unknown axis',
      (s) => s.replace('  rom: [', '  roms: ['),
      '8:3: expected an axis: rom, host, guest, fault, config.<key> or config.<key>.<property>, got "roms"',
    ],
    [
      'an axis of the guest',
      (s) => s.replace('  rom: [none, test/good]', '  config.net0: [a]'),
      '8:3: the axis "config.net0" cannot be: "net0" belongs to the guest',
    ],
    [
      'an impossible axis value',
      (s) => s.replace('  rom: [none, test/good]', '  config.bios: [uefi]'),
      '8:17: axis config.bios: ',
    ],
    ['a value twice', (s) => s.replace('test/good]', 'none]'), '8:15: axes.rom has "none" a second time'],
    [
      'a when without an axis',
      (s) => s.replace('{ rom: none }', '{ host: local }'),
      '10:15: "host" is no axis of this scenario',
    ],
    [
      'a when with an unknown value',
      (s) => s.replace('{ rom: none }', '{ rom: nine }'),
      '10:20: "nine" is no value of the axis rom',
    ],
    ['a when that matches no cell', (s) => `${s}exclude: [{ rom: none }]\n`, '10:13: this matches no cell'],
    [
      'an exclude that leaves out nothing',
      (s) => `${s}exclude: [{ rom: none }, { rom: none }]\n`,
      '12:26: this leaves nothing out that is still there',
    ],
    [
      'a cell without a rule',
      (s) => s.replace('  - { verdict: pass }\n', ''),
      '9:1: no rule says what to expect of the cell:rom=test/good',
    ],
    [
      'a host twice',
      (s) => s.replace('axes:\n', 'axes:\n  host: [local]\n'),
      '2:1: "host" stands here and as an axis',
    ],
    [
      'a verdict',
      (s) => s.replace('verdict: pass', 'verdict: passed'),
      '11:16: expect.1.verdict: expected one of pass, fail, error, inconclusive, skip, got "passed"',
    ],
    [
      'a first boot that cannot be',
      (s) => `${s}boots: [reset]\n`,
      '12:9: boots.0: expected start or cold as the first boot: nothing runs yet that could be reset, got "reset"',
    ],
    [
      'settle times that cannot be met',
      (s) => `${s}settle: { unchanged: 700 }\n`,
      '12:22: settle.unchanged: expected at most the limit of 600, else no boot can settle, got 700',
    ],
    [
      'an alias',
      (s) => s.replace('q35', 'q35').replace('name: Small', 'name: &a Small'),
      '1:7: anchors and aliases are not read here; write the value out',
    ],
    ['a tag', (s) => s.replace('name: Small', 'name: !x Small'), '1:7: not valid YAML'],
    ['a config line', (s) => s.replace('  machine: q35', '  machine = q35'), '5:3: not a config line'],
    [
      'a refused config key',
      (s) => s.replace('machine: q35', 'hookscript: a:b'),
      '5:15: hookscript is not taken from a scenario',
    ],
    ['an unknown config key', (s) => s.replace('machine: q35', 'machin: q35'), '5:11: "machin" is not a key'],
    [
      'a QEMU argument',
      (s) => s.replace('machine: q35', 'args: -incoming exec:x'),
      '5:9: args: "-incoming" is not allowed',
    ],
    ['another device', (s) => s.replace('02.0,', '1f.3,'), '6:13: '],
    [
      'a romfile beside a rom axis',
      (s) => s.replace('pcie=1', 'pcie=1,romfile=a.rom'),
      '6:33: the config already gives a ROM, romfile=a.rom, and "rom" gives one too',
    ],
    [
      'a ROM for no device',
      (s) => s.replace(/ {2}hostpci0.*\n/, ''),
      '7:15: no ROM can be given: no hostpci passes 0000:00:02.0',
    ],
    [
      'a driver that no host file names',
      (s) => s.replace('host: local', 'host: n100').replace('standin-windows', 'linux'),
      '2:7: the host "n100" does not say which driver a linux guest must start',
    ],
    [
      'too many cells',
      (s) =>
        s.replace(
          / {2}rom: .*\n/,
          `  config.memory: [${Array.from({ length: 40 }, (_, i) => i + 100).join()}]\n  config.balloon: [${Array.from({ length: 40 }, (_, i) => i).join()}]\n`,
        ),
      '7:1: the axes make 1600 cells, expected at most 1000',
    ],
    ['two documents', (s) => `${s}---\nname: b\n`, 'expected one YAML document'],
    ['text instead of a mapping', () => 'just words\n', '1:1: expected a mapping, got "just words"'],
    ['comments only', () => '# nothing\n', '1:1: expected a mapping, got nothing'],
  ];
  it.each(cases)('%s', async (_, change, expected) => {
    const loaded = await load({ 'scenarios/a.yaml': change(SMALL) });
    expect(at(loaded).join('\n')).toContain(expected);
    expect(loaded.cells).toEqual([]);
  });

  it('says what was meant where a known word is near', async () => {
    const { problems } = await load({ 'scenarios/a.yaml': SMALL.replace('test/good', 'test/god') });
    expect(problems.map(({ hint }) => hint)).toEqual(['did you mean "test/good"?']);
  });
});

describe('files that are no scenarios', () => {
  const cases: readonly [what: string, content: string | Uint8Array, expected: string][] = [
    ['an empty file', '', 'a.yaml:1:1: the file is empty'],
    [
      'a file of 10 MB',
      'a'.repeat(10_000_000),
      'a.yaml:1:1: the file is too large: 10000000 bytes, expected at most 262144',
    ],
    [
      'a binary file',
      new Uint8Array([0x55, 0xaa, 0, 1]),
      'a.yaml:1:1: expected a file of text; this one is binary',
    ],
    [
      'bad UTF-8 in the third line',
      Buffer.from('a: 1\nb: 2\nc: \xff\n', 'latin1'),
      'a.yaml:3:1: expected UTF-8',
    ],
    ['a YAML bomb', 'a: &a [x]\nb: [*a, *a]\n', 'a.yaml:1:4: anchors and aliases are not read here'],
    ['deep lists on one line', '- '.repeat(100_000), 'the YAML nests too deeply'],
    ['deep flow lists', '[\n'.repeat(1000), 'the YAML nests too deeply'],
    [
      'deep maps',
      Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'the YAML nests too deeply',
    ],
    [
      'many keys',
      Array.from({ length: 30_000 }, (_, i) => `k${i}:`).join('\n'),
      'the YAML has too many parts',
    ],
  ];
  it.each(cases)('%s', async (_, content, expected) => {
    const loaded = await load({ 'scenarios/a.yaml': content });
    expect(at(loaded).join('\n')).toContain(expected);
  });

  it('does not follow a link out of the tree', async () => {
    const outside = await scenarioTree({ 'scenarios/secret.yaml': SMALL });
    const root = await scenarioTree({});
    await symlink(path.join(outside, 'scenarios/secret.yaml'), path.join(root, 'scenarios/a.yaml'));
    expect(at(await loadCells(root, []))).toEqual([
      'scenarios/a.yaml:1:1: a symbolic link leads out of the tree',
    ]);
  });

  it('reports a folder without scenarios, and a name that nothing has', async () => {
    const root = await scenarioTree({ 'scenarios/small.yaml': SMALL });
    await mkdir(path.join(root, 'empty'));
    expect(at(await loadCells(root, ['empty', 'smallest'], { cwd: root }))).toEqual([
      'empty:1:1: expected a folder with scenario files (*.yaml); there is none in it',
      'smallest:1:1: no file, folder, scenario or cell has that name',
    ]);
  });

  it('reports what is wrong in a host, a guest and a ROM manifest', async () => {
    const loaded = await load({
      'scenarios/hosts/bad.yaml': 'name: Bad\nplatform: esxi\nigpu: {}\n',
      'scenarios/guests/bad.yml': 'name: Bad\nprobe: windows\n',
      'scenarios/guests/linux.yml': 'name: A second one\nprobe: linux\nagentDeadline: 1\n',
      'roms/bad.yaml': 'id: ../x\n',
    });
    expect(at(loaded)).toEqual(
      expect.arrayContaining([
        'scenarios/hosts/bad.yaml:2:11: platform: expected one of qemu, proxmox, got "esxi"',
        'scenarios/hosts/bad.yaml:3:7: "driver" is missing in igpu: expected a mapping',
        'scenarios/guests/bad.yml:1:1: "agentDeadline" is missing: expected a number of seconds',
        'scenarios/guests/linux.yml:1:1: the id "linux" is taken by scenarios/guests/linux.yaml',
        expect.stringContaining('roms/bad.yaml:1:5: id: expected'),
      ]),
    );
  });

  it('reports two files that would have one id', async () => {
    const loaded = await load({ 'scenarios/a.yaml': SMALL, 'scenarios/a.yml': SMALL });
    expect(at(loaded)).toEqual(['scenarios/a.yml:1:1: the id "a" is taken by scenarios/a.yaml']);
  });
});

describe('targets', () => {
  const files = {
    'scenarios/x/small.yaml': SMALL,
    'scenarios/x/small-2.yaml': SMALL,
    'scenarios/traces/t.yaml': 'no: scenario',
  };
  const both = ['x/small-2:rom=none', 'x/small-2:rom=test/good', 'x/small:rom=none', 'x/small:rom=test/good'];
  it.each<[targets: string[], expected: string[]]>([
    [[], both],
    [['scenarios'], both],
    [['scenarios/x/small.yaml'], both.slice(2)],
    [['x/small'], both.slice(2)],
    [['x/sm'], both],
    [['x/small:rom=none', 'x/small:rom=none'], ['x/small:rom=none']],
    [['x/small-2:rom=t'], ['x/small-2:rom=test/good']],
    [['scenarios/hosts'], []],
  ])('%j', async (targets, expected) => {
    expect(ids(await load(files, targets))).toEqual(expected);
  });

  it('reports a cell that the scenario does not have', async () => {
    expect((await load(files, ['x/small:rom=test/godd'])).problems).toMatchObject([
      { message: 'the scenario has no cell of that name', hint: 'did you mean "x/small:rom=test/good"?' },
    ]);
  });
});

describe('--host', () => {
  const anyHost = SMALL.replace('host: local', 'host: { igpu: "1234:1111" }');
  const second = `name: Two\nplatform: qemu\nigpu: { device: bochs-display, id: "1234:1111", address: "0000:00:02.0", driver: { windows: { service: x } } }\n`;
  const files = { 'scenarios/a.yaml': anyHost, 'scenarios/hosts/two.yaml': second };

  it('makes a requirement that several hosts meet an axis', async () => {
    expect(ids(await load(files))).toEqual([
      'a:host=local,rom=none',
      'a:host=two,rom=none',
      'a:host=local,rom=test/good',
      'a:host=two,rom=test/good',
    ]);
  });

  it('picks a host that meets the requirement', async () => {
    expect(ids(await load(files, [], 'two'))).toEqual(['a:host=two,rom=none', 'a:host=two,rom=test/good']);
  });

  it('leaves out what the host cannot run, and says so', async () => {
    const loaded = await load(files, [], 'n100');
    expect(loaded.cells).toEqual([]);
    expect(loaded.notes).toMatchObject([{ message: 'left out: no cell of it may run on the host "n100"' }]);
  });

  it('knows no host that is not in scenarios/hosts', async () => {
    expect((await load(files, [], 'towo')).problems).toMatchObject([
      { file: '--host', hint: 'did you mean "two"?' },
    ]);
  });
});

describe("a guest's config", () => {
  const guest = (lines: string): Record<string, string> => ({
    'scenarios/a.yaml': SMALL,
    'scenarios/guests/own.yaml': `name: x\nprobe: linux\nimage: linux\nagentDeadline: 9\nconfig: |\n${lines}`,
  });

  it.each([
    ['  scsi0: local:8\n  machine: q35\n', '7:12: machine is what scenarios try out'],
    ['  scsi0: /dev/sda\n', '6:10: scsi0 names a path of the host'],
    ['  scsi0: local:vm-1-disk-0\n', '6:10: scsi0 does not say how large the disk is'],
    ['  net0: virtio=XX:XX\n', '6:9: net0.virtio: "XX:XX" is not a MAC address'],
    ['  hookscript: local:x\n', '6:15: hookscript is not taken from a file'],
    ['  rng0: source=/dev/hwrng\n', '6:9: rng0.source: "/dev/hwrng" is not /dev/urandom'],
    ['  serial0: /dev/ttyS0\n', '6:12: serial0'],
  ])('is refused with its line: %j', async (lines, expected) => {
    expect(at(await load(guest(lines))).join('\n')).toContain(`scenarios/guests/own.yaml:${expected}`);
  });
});
