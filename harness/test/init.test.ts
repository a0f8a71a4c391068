import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished } from 'vitest';
import { inLab, labHere } from '../lab/in-lab.fixture.ts';
import { inventory } from '../lab/inventory.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import type { LabVm } from '../lab/lab-options.ts';
import { sshShim } from '../lab/ssh-shim.fixture.ts';
import { code43, project } from './cli.fixture.ts';
import { onTerminal } from './on-terminal.fixture.ts';
import { needsPty } from './tier.ts';

const labTest = await inLab();

/** Names and numbers of the node's owner: none of them may be published. */
const PRIVATE = {
  alias: 'attic-7731',
  user: 'lena-kowalski',
  domain: 'attic.homelab.example.net',
  vm: 'lenas-win11',
  mac: 'BC:24:11:5E:C2:E7',
  serial: 'SN-0815-4711',
  uuid: '84b509b6-26c3-4aa3-ace5-0571691f8402',
  note: 'licence of aunt Olga',
};

const COMMON = { agent: '1', cores: '1', memory: '512', scsi0: 'local:1,format=qcow2', vga: 'none' };
const own = (vmid: number, config: Readonly<Record<string, string>>, template: boolean): LabVm => ({
  ...{ vmid, config: { ...COMMON, ...config }, template, system: null, description: PRIVATE.note },
});
const SOMEBODYS = own(100, { name: 'somebody-elses', ostype: 'l26' }, false);
const VMS: readonly LabVm[] = [
  SOMEBODYS,
  own(110, { name: 'mine', ostype: 'win10', tags: 'code43' }, false),
  own(
    9000,
    {
      ...{ name: PRIVATE.vm, ostype: 'win11', bios: 'ovmf', machine: 'q35' },
      ...{ net0: `virtio=${PRIVATE.mac},bridge=vmbr0`, smbios1: `uuid=${PRIVATE.uuid}` },
    },
    true,
  ),
  own(9001, { name: 'plain', ostype: 'l26' }, true),
];

let lab: Lab;
let knowing: string;

beforeAll(async () => {
  if (!labHere) return undefined;
  lab = await startLab({ vms: VMS });
  furnish();
  knowing = await sshOf(lab, PRIVATE.alias);
  return async () => {
    await rm(knowing, { recursive: true, force: true });
    await lab.stop();
  };
});

/** What a real machine says of itself, most of it private. */
function furnish(): void {
  const put = (path: string, text: string): void => {
    mkdirSync(join(lab.root, path, '..'), { recursive: true });
    writeFileSync(join(lab.root, path), text);
  };
  put('lab/proc/cpuinfo', 'processor\t: 0\nmodel name\t: Intel(R) N100\nflags\t\t: fpu hypervisor\n');
  put('etc/hosts', `127.0.0.1 localhost pve\n192.168.7.9 ${PRIVATE.domain} ${PRIVATE.alias}\n`);
  for (const name of ['board_serial', 'product_serial', 'chassis_serial'])
    put(`sys/class/dmi/id/${name}`, `${PRIVATE.serial}\n`);
  put('sys/class/dmi/id/product_uuid', `${PRIVATE.uuid}\n`);
  put('sys/class/dmi/id/board_name', 'CW-AL-4L-V1.0\n');
  put('etc/pve/nodes/other/lxc/9107.conf', 'hostname: a-container\n');
  const account = `${PRIVATE.user}:x:1000:1000:Lena Kowalski:/root:/bin/bash\n`;
  writeFileSync(join(lab.root, 'etc/passwd'), account, { flag: 'a' });
  writeFileSync(join(lab.root, 'etc/shadow'), `${PRIVATE.user}:*:20000:0:99999:7:::\n`, { flag: 'a' });
  const keys = join(lab.root, 'etc/ssh/authorized_keys');
  writeFileSync(join(keys, PRIVATE.user), readFileSync(join(keys, 'root')));
}

/** A folder with an `ssh` that knows the node by this name. */
async function sshOf(node: Lab, name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'code43-ssh-'));
  const config = readFileSync(node.sshConfig, 'utf8');
  const users = config.replace('Host pve', `Host ${name} pve`).replace('  User root\n', '');
  writeFileSync(join(folder, 'config'), users, { mode: 0o600 });
  sshShim(folder, join(folder, 'config'));
  return folder;
}

interface Place {
  readonly root: string;
  readonly owner: string;
  readonly env: Record<string, string>;
}

async function place(ssh = knowing): Promise<Place> {
  const root = await project();
  const config = await mkdtemp(join(tmpdir(), 'code43-config-'));
  onTestFinished(() => rm(config, { recursive: true, force: true }));
  const env = { PATH: `${ssh}/bin:${process.env['PATH'] ?? ''}`, XDG_CONFIG_HOME: config };
  return { root, owner: join(config, 'code43/hosts.yaml'), env };
}

function run({ root, env }: Place, ...words: readonly string[]) {
  const under = ['env', ...Object.entries(env).map(([name, value]) => `${name}=${value}`)];
  return code43(root, words, under).done;
}

const NODE = ['--host', `root@${PRIVATE.alias}`];

/** Every file below a folder with its text and when it was written. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(
    files.map((name) => {
      const path = join(folder, name);
      return [name, `${statSync(path).mtimeMs} ${readFileSync(path, 'utf8')}`];
    }),
  );
}

labTest(
  'a first run writes three files that pass check, and nothing private is in what is published',
  async () => {
    const at = await place();
    const before = await inventory(lab);
    const { code, stdout } = await run(at, 'init', ...NODE);
    expect(code).toBe(0);
    expect(await inventory(lab)).toEqual(before);
    expect(stdout).toMatch(/^same {4}scenarios\/hosts\/n100\.yaml$/m);
    expect(stdout).toMatch(/^not ok {2}the right driver has the device on the host: .*i915 has it/m);
    expect(stdout).toMatch(
      /Next:\n( {2}code43 rom fetch \S+\n)? {2}code43 check n100\/first\n {2}code43 run n100\/first --host n100\n$/,
    );
    const text = readFileSync(at.owner, 'utf8');
    expect(text).toContain(`reach: { ssh: root@${PRIVATE.alias} }`);
    // 9107 is a container of another node.
    expect(text).toContain('vmids: { from: 9200, to: 9299 }');
    expect(text).toContain('win11-iot: { template: 9000 }');
    expect(statSync(at.owner).mode & 0o777).toBe(0o600);
    const scenario = readFileSync(join(at.root, 'scenarios/n100/first.yaml'), 'utf8');
    expect(scenario).toContain('hostpci0: 0000:00:02.0,pcie=1\n');
    expect(scenario).toContain('- intel6-14rom/v2.0-20250622-100999/12-n100-q10\n');
    for (const [name, published] of [
      ...filesIn(join(at.root, 'scenarios')),
      ...filesIn(join(at.root, 'roms')),
    ])
      for (const [what, word] of Object.entries(PRIVATE))
        expect(published.toLowerCase().includes(word.toLowerCase()), `${what} in ${name}`).toBe(false);
    const check = await run(at, 'check', 'n100/first', '--host', 'n100');
    expect([check.code, check.stdout]).toEqual([
      0,
      expect.stringContaining('2 cells in 1 scenario, no problems'),
    ]);
  },
);

labTest('a second run changes nothing, byte for byte, and needs no more than the name', async () => {
  const at = await place();
  expect((await run(at, 'init', ...NODE)).code).toBe(0);
  const before = [filesIn(at.root), filesIn(join(at.owner, '..'))];
  for (const words of [NODE, ['--name', 'n100', '--yes']]) {
    const { code, stdout } = await run(at, 'init', ...words);
    expect([code, stdout.match(/^(same|kept|new|changed)\b/gm)]).toEqual([0, ['same', 'same', 'kept']]);
    expect([filesIn(at.root), filesIn(join(at.owner, '..'))]).toEqual(before);
  }
});

const MINE = `# mine
local:
  args: [-device pvpanic-pci] # of the demo
n100: # the small one
  reach: { ssh: root@old }
  reboot: true
  guests:
    standin-windows: { vm: 110 } # for tries
`;

labTest(
  'what is there stays, comments too; what differs is shown, and written only when somebody agrees',
  async () => {
    const at = await place();
    mkdirSync(join(at.owner, '..'), { recursive: true });
    writeFileSync(at.owner, MINE, { mode: 0o644 });
    const before = filesIn(at.root);
    const words = ['init', ...NODE, '--name', 'n100', '--guest', 'win11-iot=9000'];
    const refused = await run(at, ...words);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/nothing was written: .*hosts\.yaml would change; --yes writes it/);
    expect(refused.stdout).toContain(
      `  -   reach: { ssh: root@old }\n  +   reach: { ssh: root@${PRIVATE.alias} }\n`,
    );
    expect([filesIn(at.root), readFileSync(at.owner, 'utf8')]).toEqual([before, MINE]);
    expect((await run(at, ...words, '--dry-run')).code).toBe(0);
    expect([filesIn(at.root), readFileSync(at.owner, 'utf8')]).toEqual([before, MINE]);
    expect((await run(at, ...words, '--yes')).code).toBe(0);
    expect(readFileSync(at.owner, 'utf8')).toBe(
      MINE.replace('root@old', `root@${PRIVATE.alias}`) + '    win11-iot: { template: 9000 }\n',
    );
    expect(statSync(at.owner).mode & 0o777).toBe(0o600);
  },
);

labTest('a machine with the processor of a host that is reached otherwise is another host', async () => {
  const at = await place();
  mkdirSync(join(at.owner, '..'), { recursive: true });
  writeFileSync(at.owner, 'n100:\n  reach: { ssh: root@cellar }\n');
  const { code, stdout } = await run(at, 'init', ...NODE, '--json', '--yes');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 1,
    host: 'n100-cw-al-4l-v1-0',
    guests: { 'win11-iot': { vmid: 9000, template: true } },
    files: [
      { state: 'new', written: true },
      { state: 'changed', written: true },
      { state: 'new', written: true },
    ],
    problems: [],
  });
  expect(readFileSync(at.owner, 'utf8').startsWith('n100:\n  reach: { ssh: root@cellar }\n\nn100-cw')).toBe(
    true,
  );
  const file = readFileSync(join(at.root, 'scenarios/hosts/n100-cw-al-4l-v1-0.yaml'), 'utf8');
  expect(file).toContain('name: Intel N100 (CW-AL-4L-V1.0) under Proxmox VE\n');
});

needsPty(labTest)('a person is asked what cannot be seen, and what they agree to is written', async () => {
  const at = await place();
  const lena = onTerminal(at.root, ['init'], at.env);
  await lena.sees(/Where is the node/);
  lena.enters(`root@${PRIVATE.alias}`);
  await lena.sees(/Id of the host.*\[n100\]: /);
  lena.enters('');
  await lena.sees(/9000 {2}template {2}lenas-win11 +win11, ovmf, q35/);
  await lena.sees(/\[win11-iot=9000\]: /);
  lena.enters('win11=9000');
  await lena.sees(/no guest in scenarios\/guests has that name/);
  lena.enters('win11-iot=9000 standin-windows=110');
  await lena.sees(/\[9200-9299\]: /);
  lena.enters('9000-9300');
  await lena.sees(/are taken/);
  lena.enters('9300-9399');
  await lena.sees(/Write the 2 new files\? \[y\/n\]: /);
  lena.enters('y');
  await lena.sees(/code43 run n100\/first --host n100/);
  expect(await lena.pty.exited).toMatchObject({ code: 0 });
  const text = readFileSync(at.owner, 'utf8');
  expect(text).toContain('    win11-iot: { template: 9000 } #');
  expect(text).toContain('    standin-windows: { vm: 110 } #');
  expect(text).toContain('{ from: 9300, to: 9399 }');
  const columns = lena
    .screen()
    .split('\r\n')
    .map((line) => line.replaceAll(/\u001b\[[\d;]*[A-Za-z]|.*\r/g, '').length);
  expect(Math.max(...columns)).toBeLessThanOrEqual(80);
});

needsPty(labTest)('who says no, or presses Ctrl-C, has nothing written', async () => {
  const at = await place();
  const before = filesIn(at.root);
  const words = ['init', ...NODE, '--name', 'n100', '--guest', 'win11-iot=9000', '--vmids', '9300-9399'];
  const no = onTerminal(at.root, words, at.env);
  await no.sees(/Write the 2 new files\? \[y\/n\]: /);
  no.enters('n');
  await no.sees('Nothing was written.');
  expect(await no.pty.exited).toMatchObject({ code: 0 });
  const stopped = onTerminal(at.root, words, at.env);
  await stopped.sees(/Write the 2 new files\? \[y\/n\]: /);
  stopped.type('\u0003');
  expect(await stopped.pty.exited).toMatchObject({ code: 130 });
  expect(filesIn(at.root)).toEqual(before);
  expect(() => statSync(at.owner)).toThrow('ENOENT');
});

/** A run that must fail: what it says, with nothing written. */
async function refused(at: Place, ...words: readonly string[]): Promise<string> {
  const before = filesIn(at.root);
  const { code, stdout, stderr } = await run(at, 'init', ...words);
  expect([code, stdout]).toEqual([2, '']);
  expect(filesIn(at.root)).toEqual(before);
  expect(() => statSync(at.owner)).toThrow('ENOENT');
  return stderr;
}

labTest('what is no node, or lets nobody in, or not as root, is told apart', async () => {
  const at = await place();
  expect(await refused(at)).toContain('say where it is with --host root@pve');
  expect(await refused(at, '--host', 'here')).toContain('this machine is no node of Proxmox VE');
  expect(await refused(at, '--host', 'root@nowhere.invalid')).toContain('does not answer over ssh');
  expect(await refused(at, '--host', `nobody@${PRIVATE.alias}`)).toMatch(
    /does not answer over ssh: .*Permission denied/,
  );
  expect(await refused(at, '--host', '-oProxyCommand=x')).toContain(
    'expected here, or a name that ssh takes',
  );
  expect(await refused(at, '--host', `${PRIVATE.user}@${PRIVATE.alias}`)).toMatch(
    /not root on lena-kowalski@attic-7731 \(its user id is 1000\)/,
  );
});

labTest('several iGPUs, or none', async () => {
  const at = await place();
  const devices = join(lab.root, 'sys/bus/pci/devices');
  const vendor = join(devices, '0000:00:02.0/vendor');
  onTestFinished(() => {
    for (const address of ['0000:03:00.0', '0000:04:00.0'])
      rmSync(join(devices, address), { recursive: true, force: true });
    writeFileSync(vendor, '0x8086\n');
  });
  const add = (address: string, device: string): void => {
    mkdirSync(join(devices, address));
    for (const [name, text] of Object.entries({ vendor: '0x8086', device, class: '0x030000' }))
      writeFileSync(join(devices, address, name), `${text}\n`);
  };
  // A card of Intel's beside the iGPU.
  add('0000:03:00.0', '0x56a5');
  const { code, stdout } = await run(at, 'init', ...NODE, '--dry-run', '--json');
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { igpu: { address: '0000:00:02.0' } }]);
  add('0000:04:00.0', '0x4692');
  expect(await refused(at, ...NODE)).toMatch(/several Intel graphics devices.*say which with --igpu/);
  for (const path of [vendor, join(devices, '0000:03:00.0/vendor'), join(devices, '0000:04:00.0/vendor')])
    writeFileSync(path, '0x1002\n');
  expect(await refused(at, ...NODE)).toMatch(
    /shows no Intel graphics device: there is .*1002:46d1 at 0000:00:02\.0.*\. Turn the iGPU on/,
  );
});

labTest(
  'a node without a template or a tagged VM has nothing to boot, and it is said how to get one',
  async () => {
    await using bare = await startLab({ vms: [SOMEBODYS] });
    const shim = await sshOf(bare, 'bare');
    onTestFinished(() => rm(shim, { recursive: true, force: true }));
    const said = await refused(await place(shim), '--host', 'root@bare');
    expect(said).toContain('no template, and no VM with the tag code43');
    expect(said).toContain('code43 guest build win11');
  },
);
