import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the machine is that apt runs on; everything is as one would wish where nothing is said. */
export interface SimulatedMachine {
  readonly uid?: number;
  readonly sudo?: boolean;
  /** `/etc/pve` exists. */
  readonly pveDirectory?: boolean;
  readonly installed?: readonly string[];
  /** What is there already of what the packages bring: `qemu-system-x86_64`, `OVMF_CODE_4M.fd`, `sshd`, … */
  readonly brought?: readonly string[];
  /** What installing QEMU would remove. */
  readonly conflicts?: readonly string[];
  /** The package lists are missing until apt-get update. */
  readonly noLists?: boolean;
  /** The lists name files that the mirror no longer has until apt-get update. */
  readonly oldLists?: boolean;
  /** No apt at all. */
  readonly noApt?: boolean;
  /** Lines of `apt-get indextargets`: site, release, component. */
  readonly sources?: readonly string[];
}

export interface SimulatedApt extends AsyncDisposable {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Every call of a program that changes the machine, in order. */
  changes(): Promise<readonly string[]>;
}

/**
 * A directory with programs that behave as apt-get, dpkg-query, sudo and id do on such a machine, alone on PATH.
 * apt-get writes down what changes the machine; its install makes appear what the packages bring.
 */
export async function simulatedApt(machine: SimulatedMachine): Promise<SimulatedApt> {
  const dir = await mkdtemp(join(tmpdir(), 'code43-apt-'));
  const [bin, root, log] = [join(dir, 'bin'), join(dir, 'root'), join(dir, 'log')];
  await mkdir(bin);
  await mkdir(join(root, 'etc/apt/sources.list.d'), { recursive: true });
  if (machine.pveDirectory === true) await mkdir(join(root, 'etc/pve'));
  await writeFile(join(root, 'etc/os-release'), 'ID=debian\nVERSION_CODENAME=bookworm\n');
  await mkdir(join(root, 'usr/share/OVMF'), { recursive: true });
  await writeFile(log, '');
  await mkdir(join(root, 'usr/sbin'));
  for (const name of machine.brought ?? []) {
    const path = join(folderOf(name, bin, root), name);
    await writeFile(path, '');
    if (!name.endsWith('.fd')) await chmod(path, 0o755);
  }
  for (const [name, script] of Object.entries(programs(machine, { bin, root, log }))) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  return {
    root,
    env: { PATH: bin },
    changes: async () => (await readFile(log, 'utf8')).split('\n').filter((line) => line !== ''),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true }),
  };
}

function folderOf(name: string, bin: string, root: string): string {
  if (name.endsWith('.fd')) return join(root, 'usr/share/OVMF');
  return name === 'sshd' ? join(root, 'usr/sbin') : bin;
}

function programs(
  machine: SimulatedMachine,
  { bin, root, log }: { readonly bin: string; readonly root: string; readonly log: string },
) {
  const updated = `grep_updated() { while read -r line; do case $line in *update*) return 0;; esac; done <'${log}'; return 1; }`;
  const removals = (machine.conflicts ?? []).map((name) => `echo 'Remv ${name} [1.0]'`).join('\n');
  const apt = `${updated}
case "$*" in
  indextargets*) printf '%s\\n' ${(machine.sources ?? []).map((line) => `'${line}'`).join(' ')} ; exit 0 ;;
  *update*) echo "apt-get $*" >>'${log}' ; exit 0 ;;
esac
${machine.noLists === true ? 'grep_updated || { echo "E: Unable to locate package seabios" >&2; exit 100; }' : ''}
case "$*" in
  -s*) ${removals || ':'}
    for name; do case $name in
      qemu-system-x86) echo 'Inst seabios (1.0 Debian:12 [all])'; echo 'Inst qemu-system-x86 (7.2 Debian:12 [amd64])' ;;
      ovmf | qemu-utils | swtpm | xorriso | openssh-* | socat) echo "Inst $name (1.0 Debian:12 [all])" ;;
    esac; done
    exit 0 ;;
esac
echo "apt-get $*" >>'${log}'
${machine.oldLists === true ? 'grep_updated || { echo "E: Failed to fetch x.deb  404  Not Found" >&2; exit 100; }' : ''}
for name; do case $name in
  qemu-system-x86) : >'${bin}/qemu-system-x86_64' && /bin/chmod 755 '${bin}/qemu-system-x86_64' ;;
  qemu-utils) : >'${bin}/qemu-img' && /bin/chmod 755 '${bin}/qemu-img' ;;
  swtpm | xorriso) : >'${bin}/'$name && /bin/chmod 755 '${bin}/'$name ;;
  ovmf) : >'${root}/usr/share/OVMF/OVMF_CODE_4M.fd' ;;
  openssh-server) : >'${root}/usr/sbin/sshd' ;;
esac; done`;
  const installed = (machine.installed ?? [])
    .map((name) => `*" ${name}") echo installed; exit 0 ;;`)
    .join('\n');
  const debian =
    machine.noApt === true
      ? {}
      : { 'apt-get': apt, 'dpkg-query': `case "$*" in\n${installed}\n*) exit 1 ;; esac` };
  return {
    ...debian,
    id: `echo ${machine.uid ?? 0}`,
    env: 'while :; do case $1 in *=*) shift ;; *) break ;; esac; done; exec "$@"',
    mkdir: '/bin/mkdir "$@"',
    tee: `echo "tee $1" >>'${log}'; while read -r line; do echo "$line"; done >"$1"`,
    sudo: machine.sudo === true ? `[ "$1" = -n ] || exit 1; shift; [ "$1" = true ] || "$@"` : 'exit 1',
  };
}
