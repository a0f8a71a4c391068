import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findImage, type GuestImage } from '../guest/image/image.ts';
import { GUEST_IMAGES } from '../guest/image/recipes.ts';
import { askQemu } from '../host/qemu/capabilities.ts';
import { cacheDir } from '../wire/cache-dir.ts';
import type { Exit } from '../wire/process.ts';
import { type CommandOutput, run } from '../wire/shell.ts';
import { bundle } from './bundle.mjs';
import { DEFAULT_VMS } from './default-vms.ts';
import { ENCLOSURE, FIRST } from './enclosure.ts';
import { firstProcess } from './first-process.ts';
import { LabFailed } from './lab-error.ts';
import { LabFaults } from './lab-faults.ts';
import type { Enclosed, HeldNode, LabForm } from './lab-form.ts';
import type { LabOptions, LabVm } from './lab-options.ts';
import { LeashLines } from './leash-lines.ts';
import { PLAIN_FORM } from './plain-form.ts';

const QEMU = 'qemu-system-x86_64';
/** Seconds in which the node must be up, and in which one program of it must end. */
const UP = 60;
const PROGRAM = 120;

export interface LabWishes {
  /** VMs that the node has from the beginning. Default: `DEFAULT_VMS`. */
  readonly vms?: readonly LabVm[];
  /** PCI ids of the host's iGPU. */
  readonly igpu?: string;
  /** Default `tcg`: nested KVM often hangs. */
  readonly accelerator?: 'kvm' | 'tcg';
  /** Of the node's disk. */
  readonly megabytes?: number;
  /** What keeps it apart from this machine. Default: namespaces, by plain processes. */
  readonly form?: LabForm;
  readonly onStderr?: (line: string) => void;
}

/** A stand-in for a node of Proxmox VE, from its start to its end. */
export interface Lab extends AsyncDisposable {
  /** A configuration file for ssh in which the node is called `pve`: `ssh -F <sshConfig> pve`. */
  readonly sshConfig: string;
  readonly destination: 'pve';
  readonly port: number;
  /** The root of its file system, as seen from here. */
  readonly root: string;
  readonly faults: LabFaults;
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<Exit>;
  /** Runs a program there without ssh, as at the node's own keyboard. An exit code other than 0 is an answer, too. */
  run(argv: readonly string[], input?: string): Promise<CommandOutput>;
  /** Ends it and all that runs there. Nothing is left. */
  stop(): Promise<void>;
}

/**
 * Makes a stand-in node: a file system in memory over its form's own, sshd on a port of 127.0.0.1, and QEMU. It dies with
 * this process, however that ends.
 *
 * @throws LabFailed it cannot be made here, or did not come up
 */
export async function startLab(wishes: LabWishes = {}): Promise<Lab> {
  const form = wishes.form ?? PLAIN_FORM;
  const reason = await form.whyNot();
  if (reason !== null) throw new LabFailed(`a stand-in node needs ${reason}`);
  const options: LabOptions = {
    accelerator: wishes.accelerator ?? 'tcg',
    machines: [...(await askQemu(QEMU, [])).machines],
    igpu: wishes.igpu ?? '8086:46d1',
    vms: [...(wishes.vms ?? DEFAULT_VMS)],
    keys: [],
    port: 0,
    address: '127.0.0.1',
  };
  const said: string[] = [];
  const held = await form.start({
    ...(await enclosed(wishes.megabytes ?? 512)),
    onStderr: (line) => {
      said.push(line);
      wishes.onStderr?.(line);
    },
  });
  try {
    return await comeUp(held, options);
  } catch (cause) {
    await held.stop();
    throw new LabFailed(
      `the stand-in node did not come up; it said: ${said.slice(-5).join(' | ') || 'nothing'}`,
      {
        cause,
      },
    );
  }
}

async function enclosed(megabytes: number): Promise<Pick<Enclosed, 'argv' | 'files'>> {
  const nodeBundle = await bundle(resolve(import.meta.dirname, '../..'));
  const systems = await builtSystems();
  const words = systems.flatMap(({ name, kernel, packedKernel, initrd, append }) => [
    ...[name, kernel, packedKernel, initrd, append],
  ]);
  return {
    argv: ['sh', '-c', ENCLOSURE, 'sh', String(megabytes), process.execPath, nodeBundle, FIRST, ...words],
    files: [
      ...[process.execPath, nodeBundle],
      ...systems.flatMap(({ kernel, packedKernel, initrd }) => [kernel, packedKernel, initrd]),
    ],
  };
}

async function builtSystems(): Promise<readonly GuestImage[]> {
  const found = await Promise.all(GUEST_IMAGES.map((name) => findImage(name, cacheDir())));
  return found.filter((image) => image !== null);
}

async function comeUp(held: HeldNode, options: LabOptions): Promise<Lab> {
  const lines = new LeashLines(held.leash, UP);
  held.leash.write(`${JSON.stringify(options)}\n`);
  const outside = firstProcess(await lines.next());
  if (outside === null) throw new LabFailed('its processes are not to be seen from here');
  const { port } = lines.readReady(await lines.next());
  const root = `/proc/${outside}/root`;
  const sshConfig = join(root, 'lab/client/config');
  writeFileSync(sshConfig, clientConfig(join(root, 'lab/client'), port), { mode: 0o600 });
  return {
    sshConfig,
    destination: 'pve',
    port,
    root,
    faults: new LabFaults(root),
    exited: held.exited,
    run: (argv, input = '') => inside(outside, argv, input),
    stop: () => held.stop(),
    [Symbol.asyncDispose]: () => held.stop(),
  };
}

/** The keys are the node's own: nothing of it lies on this machine. */
function clientConfig(folder: string, port: number): string {
  return `Host pve
  HostName 127.0.0.1
  Port ${port}
  User root
  HostKeyAlias pve
  IdentityFile ${folder}/id_ed25519
  IdentitiesOnly yes
  UserKnownHostsFile ${folder}/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  BatchMode yes
`;
}

async function inside(pid: number, argv: readonly string[], input: string): Promise<CommandOutput> {
  const environment = ['env', '-i', 'HOME=/root', 'LANG=C.UTF-8', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin'];
  const enter = [
    'nsenter',
    '--target',
    String(pid),
    '--mount',
    '--uts',
    '--ipc',
    '--pid',
    '--root',
    '--wd',
    '--',
  ];
  return run([...enter, ...environment, ...argv], { input, allowFailure: true, timeout: PROGRAM });
}
