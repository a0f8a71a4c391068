import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { passedDevice } from './device.ts';
import { wholeConfig } from './guest-config.ts';
import { IGPU, N100 } from './n100.fixture.ts';
import type { PrivateFile } from './part.ts';
import { toQemu } from './qemu.ts';

const QEMU = 'qemu-system-x86_64';
const OVMF = '/usr/share/OVMF';
const hasQemu = spawnSync(QEMU, ['--version']).status === 0;
const dir = mkdtempSync(join(tmpdir(), 'code43-accepts-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

function place(file: PrivateFile): string {
  if (file.kind === 'firmware') return join(OVMF, file.name);
  const path = join(dir, file.id);
  if (file.kind === 'vars') copyFileSync(join(OVMF, file.name), path);
  else {
    writeFileSync(path, '');
    truncateSync(path, file.bytes);
  }
  return path;
}

/** Starts QEMU stopped, asks what is asked, ends it. */
function startStopped(text: string, guest: string, asked: readonly object[]) {
  const config = wholeConfig(text, guest);
  const local = { device: 'bochs-display', igpuAddress: IGPU, accelerator: 'tcg', romPath: null } as const;
  const { files, agent } = toQemu(config, local);
  const paths = new Map(files.map((file): [string, string] => [file.id, place(file)]));
  const { argv } = toQemu(config, { ...local, paths });
  const commands = [{ execute: 'qmp_capabilities' }, ...asked, { execute: 'quit' }];
  const input = commands.map((command) => JSON.stringify(command)).join('\n');
  const channel = agent === null ? [] : ['-chardev', 'null,id=agent'];
  const options = [
    '-S',
    '-display',
    'none',
    '-monitor',
    'none',
    '-qmp',
    'stdio',
    '-serial',
    'null',
    ...channel,
  ];
  const run = spawnSync(QEMU, [...argv, ...options], { input, encoding: 'utf8', timeout: 60_000 });
  const replies = run.stdout.split('\n').flatMap((line) => (line.startsWith('{"return"') ? [line] : []));
  return { status: run.status, stderr: run.stderr, replies: replies.slice(1, -1) };
}

function ask(device: string, property: string): object {
  return { execute: 'qom-get', arguments: { path: `/machine/peripheral/${device}`, property } };
}

/** Where the device of that id sits. A devfn is slot × 8 + function. */
function placeOf(text: string) {
  const device = passedDevice(wholeConfig(text, null), IGPU)?.entry.key ?? '';
  const { replies, ...run } = startStopped(text, '', [ask(device, 'parent_bus'), ask(device, 'addr')]);
  const [bus = '', devfn = ''] = replies.map((line) => /"return": "?([^"}]*)/.exec(line)?.[1]);
  return { ...run, place: `${bus.split('/').at(-1) ?? ''} ${Number(devfn).toString(16)}` };
}

const legal: readonly (readonly [what: string, text: string, place: string])[] = [
  ['pc', 'machine: pc\nhostpci0: 00:02.0', 'pci.0 80'],
  ['pc in legacy mode', 'hostpci0: 00:02.0,legacy-igd=1\nvga: none', 'pci.0 10'],
  ['pc, on the second bridge', 'hostpci4: 00:02.0,rombar=0', 'pci.2 68'],
  ['q35', 'machine: q35\nhostpci0: 00:02.0,pcie=1', 'ich9-pcie-port-1 0'],
  ['q35, last port', 'machine: q35\nhostpci15: 00:02.0,pcie=1', 'ich9-pcie-port-16 0'],
  ['q35, conventional', 'machine: q35\nhostpci0: 00:02.0', 'pci.0 80'],
  [
    'q35, conventional by -set',
    'machine: q35\nhostpci0: 00:02.0,pcie=1\nargs: -set device.hostpci0.bus=pci.1 -set device.hostpci0.addr=2',
    'pci.1 10',
  ],
  [
    'a CPU of Proxmox',
    'cpu: x86-64-v2-AES,hidden=1,flags=-pcid\ncores: 2\nmemory: 64\nhostpci1: 00:02.0',
    'pci.0 88',
  ],
  [
    'the N100 config on a machine of any QEMU',
    N100.replace('pc-q35-10.0+pve1', 'q35').replace('host,', 'max,').replace('8192', '64'),
    'pcie.0 10',
  ],
];

describe('QEMU takes', () => {
  it.for(legal)('%s', ([, text, place], { skip }) => {
    skip(!hasQemu, `${QEMU} is not installed`);
    expect(placeOf(text)).toEqual({ status: 0, stderr: '', place });
  });
});

/** What a guest can bring, and then `device slot` as QEMU tells it. */
const machines: readonly (readonly [what: string, text: string, guest: string, seen: string])[] = [
  [
    'q35 with a SCSI controller for each disk',
    'machine: q35\nvga: qxl2,memory=32\nmemory: 64\nnuma: 1\nsockets: 2\nostype: l26',
    'scsihw: virtio-scsi-single\nscsi0: local:1,iothread=1,discard=on,ssd=1,serial=ABC,queues=2\nscsi1: local:1\n' +
      'net0: virtio=BC:24:11:00:00:01,bridge=vmbr0,mtu=1400\nnet6: e1000e=BC:24:11:00:00:02\nrng0: source=/dev/urandom\n' +
      'audio0: device=ich9-intel-hda,driver=none\nserial0: socket\nserial1: socket\nboot: order=scsi0;net0',
    'vga 1,virtioscsi0 1,virtioscsi1 2,net0 18,net6 1,audiodev0 12,balloon0 3,qga0 8,spice 9',
  ],
  [
    'i440fx with LSI, SATA, IDE and an ISA agent',
    'machine: pc\nvga: cirrus,memory=8\nmemory: 64\nagent: 1,type=isa\nostype: win10\nhostpci0: 00:02.0',
    'scsi0: local:1,cache=writethrough,wwn=0x5000c50015ea71aa\nscsi7: local:0.5\nsata0: local:1,ssd=1\nide0: local:1,model=X\n' +
      'ide2: none,media=cdrom\nvirtio0: local-lvm:vm-1-disk-0,size=1G,iothread=1\nvirtio6: local:1\nnet0: e1000\nnet1: rtl8139\nnet2: vmxnet3\nserial0: socket\n' +
      'smbios1: uuid=3dd750ce-d910-44d0-9493-525c0be4e687\nvmgenid: 54d1c06c-8f5b-440f-b5b2-6eab1380e13d\nmeta: creation-qemu=6.0.0',
    'vga 2,scsihw0 5,scsihw1 6,ahci0 7,virtio0 10,virtio6 1,net0 18,net1 19,net2 20,hostpci0 16,balloon0 3',
  ],
  ...['virtio-scsi-pci', 'lsi53c810', 'megasas', 'pvscsi'].map(
    (hw) =>
      [
        `the controller ${hw}`,
        'machine: q35\nmemory: 64\nvga: vmware',
        `scsihw: ${hw}\nscsi0: local:1`,
        'vga 1,scsihw0 5',
      ] as const,
  ),
  [
    'nodes of their own, no balloon, no tablet, a date',
    'memory: 96\nnuma: 1\ncores: 3\nnuma0: cpus=0;2,memory=32\nnuma1: cpus=1,memory=64\nballoon: 0\nvga: virtio,clipboard=vnc',
    'tablet: 0\nstartdate: 2006-06-17T16:01:21\nrng0: /dev/urandom,max_bytes=0\naudio0: device=AC97',
    'vga 2,audiodev0 12',
  ],
  [
    'an IOMMU by Intel',
    'machine: q35,viommu=intel,aw-bits=39,enable-s3=1\nmemory: 64\nvga: serial0',
    'serial0: socket',
    'balloon0 3',
  ],
  ['an IOMMU by virtio', 'machine: q35,viommu=virtio\nmemory: 64', '', 'vga 1'],
];

describe('QEMU has each device where Proxmox has it:', () => {
  it.for(machines)('%s', ([, text, guest, seen], { skip }) => {
    skip(!hasQemu, `${QEMU} is not installed`);
    const ids = seen.split(',').map((one) => one.split(' ')[0] ?? '');
    const { replies, ...run } = startStopped(
      text,
      guest,
      ids.map((id) => ask(id, 'addr')),
    );
    expect(run).toEqual({ status: 0, stderr: '' });
    const found = replies.map((line, i) => `${ids[i]} ${Number(/\d+/.exec(line)?.[0]) >> 3}`);
    expect(found.join()).toBe(seen);
  });

  it('the published N100 config, UEFI firmware and a Windows guest', ({ skip }) => {
    skip(!hasQemu || !existsSync(OVMF), 'needs QEMU and OVMF');
    const text = N100.replace('pc-q35-10.0+pve1', 'q35').replace('host,', 'max,').replace('8192', '64');
    const guest = N100.replace('XX:XX:XX:XX:XX:XX', 'BC:24:11:00:00:01').replace(
      /(?:tpmstate0|meta).*\n/g,
      '',
    );
    const { status, stderr } = startStopped(text, guest, []);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('a display on i440fx and a device at its slot do not go together, as QEMU says', ({ skip }) => {
    skip(!hasQemu, `${QEMU} is not installed`);
    const text = 'machine: pc\nvga: std\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x02.0';
    const { status, stderr } = startStopped(text, '', []);
    expect(status).toBe(1);
    expect(stderr).toMatch(/slot 2 function 0 (?:not available for VGA|already in use)/);
  });
});
