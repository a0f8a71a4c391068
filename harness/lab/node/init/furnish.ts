import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabOptions } from '../../lab-options.ts';
import { program } from '../program.ts';
import { LAB, NODE_NAME, PLACES } from '../places.ts';
import { addDevices } from './devices.ts';

/** Programs of Proxmox, and of every machine, that the node has in its own way. */
const PROGRAMS = {
  '/usr/sbin': ['qm', 'pvesh', 'reboot', 'shutdown'],
  '/usr/bin': ['pveversion', 'journalctl', 'dmesg', 'systemctl'],
} as const;
const BUNDLE = '/lab/bin/node.mjs';

/** Makes the files that a node of Proxmox VE has, once: they outlast its restarts. */
export async function furnish(options: LabOptions): Promise<void> {
  for (const folder of [LAB.faults, LAB.carriedOut, LAB.client]) mkdirSync(folder, { recursive: true });
  writeFileSync(LAB.journal, '');
  for (const folder of [
    PLACES.tasks,
    PLACES.roms,
    join(PLACES.storage, 'images'),
    '/etc/ssh',
    '/etc/network',
  ])
    mkdirSync(folder, { recursive: true });
  furnishPve();
  for (const [folder, names] of Object.entries(PROGRAMS)) {
    for (const name of names) {
      rmSync(join(folder, name), { force: true });
      symlinkSync(BUNDLE, join(folder, name));
    }
  }
  await ownProc();
  addDevices(options.igpu);
  accounts(options.keys);
  await sshKeys();
}

function furnishPve(): void {
  mkdirSync(`/etc/pve/nodes/${NODE_NAME}/qemu-server`, { recursive: true });
  symlinkSync(`nodes/${NODE_NAME}`, '/etc/pve/local');
  symlinkSync('local/qemu-server', '/etc/pve/qemu-server');
  writeFileSync('/etc/pve/storage.cfg', 'dir: local\n\tpath /var/lib/vz\n\tcontent images,iso,rootdir\n');
  writeFileSync('/etc/hostname', `${NODE_NAME}\n`);
  writeFileSync('/etc/hosts', `127.0.0.1 localhost ${NODE_NAME}\n`);
}

/** The kernel's files that say which machine this is: a restart of the node must show in them, and that it is no hardware. */
async function ownProc(): Promise<void> {
  const cpu = readFileSync('/proc/cpuinfo', 'utf8').replace(
    /^(flags\s*:.*?)( hypervisor\b.*)?$/gm,
    '$1 hypervisor',
  );
  const files: Readonly<Record<string, string>> = {
    cpuinfo: cpu,
    cmdline: 'BOOT_IMAGE=/boot/vmlinuz-pve root=/dev/mapper/pve-root ro quiet intel_iommu=on iommu=pt\n',
    'sys/kernel/random/boot_id': '\n',
  };
  for (const [name, text] of Object.entries(files)) {
    const own = join('/lab/proc', name);
    mkdirSync(join(own, '..'), { recursive: true });
    writeFileSync(own, text);
    const { code, stderr } = await program(['mount', '--bind', own, join('/proc', name)]);
    if (code !== 0) throw new Error(`cannot put ${own} over /proc/${name}: ${stderr}`);
  }
}

/** Nobody but root, who may log in by key only. */
function accounts(keys: readonly string[]): void {
  writeFileSync(
    '/etc/passwd',
    'root:x:0:0:root:/root:/bin/bash\nsshd:x:100:65534::/run/sshd:/usr/sbin/nologin\n' +
      'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
  );
  writeFileSync('/etc/group', 'root:x:0:\ntty:x:5:\nkvm:x:104:\nnogroup:x:65534:\n');
  writeFileSync('/etc/shadow', 'root:*:20000:0:99999:7:::\nsshd:!:20000::::::\n', { mode: 0o600 });
  mkdirSync('/etc/ssh/authorized_keys', { recursive: true });
  writeFileSync('/etc/ssh/authorized_keys/root', keys.map((key) => `${key}\n`).join(''));
}

/** The node's own key, and one that may log in, for whoever may read the control folder. */
async function sshKeys(): Promise<void> {
  const own = '/etc/ssh/ssh_host_ed25519_key';
  const client = join(LAB.client, 'id_ed25519');
  for (const path of [own, client]) {
    if (existsSync(path)) continue;
    const made = await program([
      'ssh-keygen',
      '-q',
      '-t',
      'ed25519',
      '-N',
      '',
      '-C',
      'code43-lab',
      '-f',
      path,
    ]);
    if (made.code !== 0) throw new Error(`ssh-keygen: ${made.stderr}`);
  }
  const known = readFileSync(`${own}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  writeFileSync(join(LAB.client, 'known_hosts'), `${NODE_NAME} ${known}\n`);
  const key = readFileSync(`${client}.pub`, 'utf8');
  writeFileSync('/etc/ssh/authorized_keys/root', key, { flag: 'a' });
}
