import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, GuestSource } from '../../../scenario/connection.ts';
import type { ManagedNode } from '../managed-node.ts';
import { PveRefused } from '../refused.ts';
import { takenNumbers } from '../node/taken-numbers.ts';
import { tasksOn } from '../tasks-on.ts';
import type { TaskEnd, VmManager, VmStatus } from '../vm-manager.ts';
import { forgetClone, notedClone, noteClone } from './clone-note.ts';
import { diskLeft } from './disk-left.ts';
import { LabFailed } from './lab-failed.ts';
import { cloneName, isClone, markLine, markOf, type RunMark } from './run-mark.ts';
import type { Teardown } from './teardown.ts';

/** With what a run's VM is made. */
export interface Making extends ManagedNode {
  /** What the tear-down asks: it must work where the lease is lost, too. */
  readonly undoing: ManagedNode;
  readonly teardown: Teardown;
  readonly signal: AbortSignal;
}

type Template = Extract<GuestSource, { readonly template: number }>;

const ASK = 60;
/** Seconds to copy every disk of a full clone, and to take them away again. */
const COPY = 1800;
const DESTROY = 300;
/** Between two looks whether a task has ended. */
const LOOK = 1;

/**
 * Makes a VM of a template for one run; the tear-down destroys it, and only if it still carries the run's mark.
 *
 * @returns its number, one of those that the owner leaves to us
 * @throws LabFailed; PveRefused; ConnectionLost
 */
export async function cloneTemplate(
  source: Template,
  mark: RunMark,
  { node, manager, undoing, vmids, teardown, signal }: Making & { readonly vmids: Connection['vmids'] },
): Promise<number> {
  const vms = await manager.list({ seconds: ASK, signal });
  const template = vms.find(({ vmid }) => vmid === source.template);
  if (template?.template !== true)
    throw new LabFailed(
      `VM ${source.template} is ${template === undefined ? 'not there' : 'no template'} on ${manager.name}`,
    );
  const taken = new Set([...vms.map((vm) => vm.vmid), ...(await takenNumbers(node, signal))]);
  for (const vmid of freeNumbers(taken, vmids)) {
    teardown.add(`VM ${vmid}`, () => destroyClone(undoing, vmid, mark));
    await noteClone(node, vmid, mark);
    if (!(await makeClone(source, vmid, mark, { node, manager, signal }))) continue;
    await tame(manager, vmid, signal);
    return vmid;
  }
  throw new LabFailed(
    `no number is free from ${vmids.from} to ${vmids.to} on ${manager.name}: widen \`vmids\` in hosts.yaml, or see \`code43 clean\``,
  );
}

/** @returns whether it is there; false: somebody has the number */
async function makeClone(
  source: Template,
  vmid: number,
  mark: RunMark,
  { node, manager, signal }: Pick<Making, 'node' | 'manager' | 'signal'>,
): Promise<boolean> {
  const options = {
    name: cloneName(mark),
    full: source.clone === 'full',
    description: markLine(mark),
    ...(source.pool === undefined ? {} : { pool: source.pool }),
    ...(source.storage === undefined ? {} : { storage: source.storage }),
  };
  try {
    const end = await manager.clone(source.template, vmid, options, { seconds: COPY, signal });
    if (end.ok) return true;
    // The number is a container's, or another node's (pmxcfs, memdb.c: a name of a VM is there once in a cluster).
    if (!/File exists/.test(end.exitstatus))
      throw new LabFailed(
        `no clone of VM ${source.template} as VM ${vmid} on ${manager.name}: ${words(end)}`,
      );
  } catch (error) {
    if (!(error instanceof PveRefused)) throw error;
    // Somebody took it between our look and our asking.
    if (!/already exists/.test(error.words)) {
      await forgetClone(node, vmid);
      throw error;
    }
  }
  await forgetClone(node, vmid);
  return false;
}

/** What a clone has of its template and must not have: it would start with the host, or not let itself be destroyed. */
const WILD = ['onboot', 'startup', 'protection'];

async function tame(manager: VmManager, vmid: number, signal: AbortSignal): Promise<void> {
  const limit = { seconds: ASK, signal };
  const { entries, digest } = await manager.config(vmid, limit);
  const remove = WILD.filter((key) => entries.has(key));
  if (remove.length > 0) await manager.set(vmid, { remove, digest }, limit);
}

/**
 * Destroys a clone of this run, the half of one as well; one that is gone, or is not ours, is left alone.
 *
 * @throws LabFailed; PveRefused
 */
export async function destroyClone(undoing: ManagedNode, vmid: number, mark: RunMark): Promise<void> {
  const { node, manager } = undoing;
  const found = await whatIs(undoing, vmid, mark);
  if (found === 'half' || found === 'whole') await destroy(manager, vmid, found);
  // As long as something has the number, the note may be all that says whose it is.
  if (found !== 'foreign' && (await notedClone(node, vmid)) === mark) await forgetClone(node, vmid);
}

async function destroy(manager: VmManager, vmid: number, half: Half): Promise<void> {
  const limit = { seconds: DESTROY };
  const status = await takeDeadLock(manager, vmid);
  if (status !== 'stopped') await manager.stop(vmid, limit);
  const end = await (half === 'half' ? manager.destroyHalfClone(vmid, limit) : manager.destroy(vmid, limit));
  if (!end.ok) throw new LabFailed(`it is still there: ${words(end)}`);
  const stays = diskLeft(end);
  if (stays !== null)
    throw new LabFailed(
      `${stays}; \`pvesm list <storage> --vmid ${vmid}\` shows it, \`pvesm free\` removes it`,
    );
}

/**
 * A task that was killed leaves its lock in the config, and nothing can be done to the VM then.
 *
 * @returns whether the VM runs
 */
async function takeDeadLock(manager: VmManager, vmid: number): Promise<VmStatus['status']> {
  const limit = { seconds: ASK };
  const until = performance.now() + DESTROY * 1000;
  for (;;) {
    const { lock, status } = await manager.status(vmid, limit);
    if (lock === null) return status;
    if (tasksOn(vmid, await manager.activeTasks(limit)).length === 0) {
      await manager.unlock(vmid, limit);
      return status;
    }
    if (performance.now() >= until)
      throw new LabFailed(`VM ${vmid} is locked (${lock}), and the node is still at it`);
    await pause(LOOK * 1000);
  }
}

/** How much of a clone there is. */
type Half = 'half' | 'whole';

async function whatIs(
  { node, manager }: ManagedNode,
  vmid: number,
  mark: RunMark,
): Promise<Half | 'absent' | 'foreign'> {
  const entries = await configOf(manager, vmid);
  if (entries === null) return 'absent';
  const description = entries.get('description') ?? '';
  if (isHalfClone(entries)) return (await notedClone(node, vmid)) === mark ? 'half' : 'foreign';
  const ours = isClone(entries.get('name') ?? '', description) && markOf(description) === mark;
  return ours ? 'whole' : 'foreign';
}

/** @returns null: there is no such VM */
async function configOf(manager: VmManager, vmid: number): Promise<ReadonlyMap<string, string> | null> {
  try {
    return (await manager.config(vmid, { seconds: ASK })).entries;
  } catch (error) {
    if (error instanceof PveRefused && error.reason === 'no-such-vm') return null;
    throw error;
  }
}

/** Locks of a clone before its first disk is there, and at the end of its removal (qemu-server 9.2.6, PVE/API2/Qemu.pm). */
const HALF = new Set(['clone', 'destroyed']);

/** The comment that such a config begins with, which reads as a description (the same file, clone_vm). */
const TEMPORARY = 'qmclone temporary file';

/** Nothing is in its config but such a lock; or, where somebody was killed who took that away, nothing at all. */
function isHalfClone(entries: ReadonlyMap<string, string>): boolean {
  const lock = entries.get('lock');
  const said = [...entries].filter(([key, value]) => key !== 'description' || value.trim() !== TEMPORARY);
  return said.every(([key]) => key === 'lock') && (lock === undefined || HALF.has(lock));
}

function* freeNumbers(taken: ReadonlySet<number>, { from, to }: Connection['vmids']): Generator<number> {
  for (let vmid = from; vmid <= to; vmid++) if (!taken.has(vmid)) yield vmid;
}

/** What a task that failed said of itself. */
export function words({ exitstatus, log }: TaskEnd): string {
  const said = log.filter((line) => !line.startsWith('TASK ')).at(-1);
  return said === undefined || exitstatus.includes(said) ? exitstatus : `${exitstatus} (${said})`;
}
