import { spawnSync } from 'node:child_process';
import { findProgram } from '../wire/program.ts';
import { NAMESPACES } from './enclosure.ts';

const PROGRAMS = [
  ...['unshare', 'nsenter', 'setpriv', 'flock', 'mount', 'sshd', 'ssh-keygen', 'socat'],
  ...['qemu-img', 'qemu-io', 'qemu-system-x86_64'],
];

/** Where Debian keeps what only root runs, whether it is on the user's PATH or not. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The mounts that an enclosure cannot do without. */
const TRIAL = `mount -t tmpfs trial /run && mkdir /run/upper /run/work /run/root &&
mount -t overlay -o lowerdir=/,upperdir=/run/upper,workdir=/run/work trial /run/root`;

let known: string | null | undefined;

/** Why a stand-in node cannot be made on this machine, as a phrase; null: it can. Found out by trying, once. */
export function whyNoLab(): string | null {
  if (known === undefined) known = find();
  return known;
}

function find(): string | null {
  const missing = PROGRAMS.filter((name) => findProgram(name, { PATH }) === null);
  if (missing.length > 0) return `${missing.join(', ')} (not installed)`;
  if (process.getuid?.() !== 0) return 'root, for mounts of its own';
  const { status, stderr } = spawnSync('unshare', [...NAMESPACES, '--', 'sh', '-c', TRIAL], {
    encoding: 'utf8',
  });
  return status === 0 ? null : `mounts of its own, which are not allowed here (${stderr.trim()})`;
}
