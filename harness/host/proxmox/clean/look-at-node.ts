import { readConfigFile } from '../../../vmconfig/file/read-file.ts';
import type { Machine } from '../../../wire/machine/machine.ts';
import { describeLeases } from '../lease/describe-leases.ts';
import { RUN_DIRECTORY } from '../run-directory.ts';
import { ROM_DIRECTORY } from '../node/rom-slot.ts';
import type { ManagedNode } from '../managed-node.ts';
import type { FoundRom, NodeFound } from './node-found.ts';
import { CONFIGS, readConfigs, readDeadMonitors, readDigests, readNotes, readRomNames } from './read-node.ts';

const ASK = 60;

/** The node could not be looked at, so nothing is taken away there. */
export class NotLookedAt extends Error {
  override readonly name = 'NotLookedAt';
}

/**
 * Looks at all of a node that runs may have left something in. Changes nothing.
 *
 * The leases are read last. A run takes its lease before it makes anything, and has its mark for itself alone: so what
 * was seen before, and whose mark no live lease names now, is of a run that is over.
 *
 * @throws NotLookedAt it is no node of Proxmox VE, or we are not root there; LeaseFailed; PveRefused; ConnectionLost;
 *   CommandFailed; the signal's reason
 */
export async function lookAtNode({ node, manager }: ManagedNode, signal?: AbortSignal): Promise<NodeFound> {
  const limit = { seconds: ASK, signal };
  const lines = ['grep', '-raH', '-e', '', '--include=*.conf', '--', CONFIGS];
  const texts = readConfigs(await printed(node, { argv: lines, directory: CONFIGS, fine: [0, 1] }, signal));
  const roms = await lookAtRoms(node, signal);
  const deadMonitors = await lookAtMonitors(node, signal);
  const notes = await lookAtNotes(node, signal);
  const listed = await manager.list(limit);
  const tasks = await manager.activeTasks(limit);
  const leases = await describeLeases(node);
  signal?.throwIfAborted();
  const running = new Set(listed.filter(({ status }) => status !== 'stopped').map(({ vmid }) => vmid));
  const vms = [...texts]
    .sort(([a], [b]) => a - b)
    .map(([vmid, text]) => ({ vmid, text, config: readConfigFile(text), running: running.has(vmid) }));
  return { vms, roms, deadMonitors, notes, tasks, leases };
}

async function lookAtRoms(node: Machine, signal: AbortSignal | undefined): Promise<readonly FoundRom[]> {
  const directory = `${ROM_DIRECTORY}/`;
  const list = [...filesIn(directory, 'f'), '-name', '*code43-*', '-printf', '%f\\n'];
  const names = readRomNames(await printed(node, { argv: list, directory }, signal));
  const paths = names.filter(({ whole }) => whole).map(({ file }) => `${directory}${file}`);
  const sum = { argv: ['sha256sum', '--', ...paths], directory };
  const found = readDigests(paths.length === 0 ? '' : await printed(node, sum, signal));
  return names.map((rom) => ({ ...rom, sha256: found.get(`${directory}${rom.file}`) ?? null }));
}

async function lookAtMonitors(node: Machine, signal: AbortSignal | undefined): Promise<readonly number[]> {
  const directory = `${RUN_DIRECTORY}/`;
  const list = [...filesIn(directory, 's'), '-printf', '%f\\n'];
  const names = await printed(node, { argv: list, directory, mayLack: true }, signal);
  if (names === '') return [];
  // The table after the names: a socket that is made between the two is not among them.
  const table = { argv: ['cat', '/proc/net/unix'], directory: '/proc/net/' };
  return readDeadMonitors(names, await printed(node, table, signal));
}

async function lookAtNotes(node: Machine, signal: AbortSignal | undefined): Promise<NodeFound['notes']> {
  const directory = `${RUN_DIRECTORY}/`;
  const lines = ['grep', '-rasH', '-e', '', '--include=*.clone', '--', directory];
  return readNotes(await printed(node, { argv: lines, directory, mayLack: true, fine: [0, 1, 2] }, signal));
}

/** No name of ours has a line break, and one that has would be read as two. */
function filesIn(directory: string, type: 'f' | 's'): readonly string[] {
  return ['find', directory, '-maxdepth', '1', '-type', type, '!', '-name', '*\n*'];
}

interface Look {
  readonly argv: readonly string[];
  /** Whose lack is an answer only where `mayLack` says so; files in it may vanish while one looks. */
  readonly directory: string;
  readonly mayLack?: true;
  readonly fine?: readonly number[];
}

async function printed(
  node: Machine,
  { argv, directory, mayLack, fine = [0] }: Look,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { stdout, stderr, code } = await node.run(['env', 'LC_ALL=C', ...argv], {
    ...{ seconds: ASK, signal, whenLost: 'end' },
  });
  const said = stderr.split('\n').filter((line) => line.trim() !== '');
  const isGone = said.length > 0 && said.every((line) => line.endsWith(': No such file or directory'));
  const lacks = isGone && said.some((line) => /^'?: /.test(line.split(directory)[1] ?? ''));
  if (lacks ? mayLack : isGone || fine.includes(code)) return stdout;
  throw new NotLookedAt(
    `${argv[0] ?? ''} ${directory} on ${node.name}: ${said.join('; ').slice(0, 300) || `exit code ${code}`}; ` +
      'is it a node of Proxmox VE, and are we root there?',
  );
}
