import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, GuestSource } from '../../../scenario/connection.ts';
import type { ManagedNode } from '../managed-node.ts';
import { PveRefused } from '../refused.ts';
import { tasksOn } from '../tasks-on.ts';
import type { ListedVm, TaskEnd, VmManager, VmStatus } from '../vm-manager.ts';
import { forgetClone, notedClone, noteClone } from './clone-note.ts';
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
  for (const vmid of freeNumbers(vms, vmids)) {
    teardown.add(`VM ${vmid}`, () => destroyClone(undoing, vmid, mark));
    await noteClone(node, vmid, mark);
    const options = {
      name: cloneName(mark),
      full: source.clone === 'full',
      description: markLine(mark),
      ...(source.pool === undefined ? {} : { pool: source.pool }),
      ...(source.storage === undefined ? {} : { storage: source.storage }),
    };
    try {
      const end = await manager.clone(source.template, vmid, options, { seconds: COPY, signal });
      if (end.ok) return vmid;
      throw new LabFailed(
        `no clone of VM ${source.template} as VM ${vmid} on ${manager.name}: ${words(end)}`,
      );
    } catch (error) {
      if (error instanceof PveRefused) await forgetClone(node, vmid);
      // Somebody took the number between our look and our asking: then the next one.
      if (!(error instanceof PveRefused) || !/already exists/.test(error.words)) throw error;
    }
  }
  throw new LabFailed(
    `no number is free from ${vmids.from} to ${vmids.to} on ${manager.name}: widen \`vmids\` in hosts.yaml, or see \`code43 clean\``,
  );
}

/**
 * Destroys a clone of this run, the half of one as well; one that is gone, or is not ours, is left alone.
 *
 * @throws LabFailed; PveRefused
 */
export async function destroyClone(undoing: ManagedNode, vmid: number, mark: RunMark): Promise<void> {
  const { node, manager } = undoing;
  const half = await isOurs(undoing, vmid, mark);
  if (half !== null) await destroy(manager, vmid, half);
  if ((await notedClone(node, vmid)) === mark) await forgetClone(node, vmid);
}

async function destroy(manager: VmManager, vmid: number, half: Half): Promise<void> {
  const limit = { seconds: DESTROY };
  const status = await takeDeadLock(manager, vmid);
  if (status !== 'stopped') await manager.stop(vmid, limit);
  const end = await (half === 'half' ? manager.destroyHalfClone(vmid, limit) : manager.destroy(vmid, limit));
  if (!end.ok) throw new LabFailed(`it is still there: ${words(end)}`);
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

/** @returns null: it is not of this run */
async function isOurs({ node, manager }: ManagedNode, vmid: number, mark: RunMark): Promise<Half | null> {
  const entries = await configOf(manager, vmid);
  if (entries === null) return null;
  const description = entries.get('description') ?? '';
  if (isHalfClone(entries)) return (await notedClone(node, vmid)) === mark ? 'half' : null;
  const ours = isClone(entries.get('name') ?? '', description) && markOf(description) === mark;
  return ours ? 'whole' : null;
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

/** Nothing is in its config but such a lock; or, where somebody was killed who took that away, nothing at all. */
function isHalfClone(entries: ReadonlyMap<string, string>): boolean {
  const lock = entries.get('lock');
  return [...entries.keys()].every((key) => key === 'lock') && (lock === undefined || HALF.has(lock));
}

function* freeNumbers(vms: readonly ListedVm[], { from, to }: Connection['vmids']): Generator<number> {
  const taken = new Set(vms.map(({ vmid }) => vmid));
  for (let vmid = from; vmid <= to; vmid++) if (!taken.has(vmid)) yield vmid;
}

/** What a task that failed said of itself. */
export function words({ exitstatus, log }: TaskEnd): string {
  const said = log.filter((line) => !line.startsWith('TASK ')).at(-1);
  return said === undefined || exitstatus.includes(said) ? exitstatus : `${exitstatus} (${said})`;
}
