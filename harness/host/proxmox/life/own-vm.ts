import type { Snapshot, VmManager } from '../vm-manager.ts';
import { type Making, words } from './clone.ts';
import { LabFailed } from './lab-failed.ts';
import { isSnapshot, markLine, markOf, type RunMark, snapshotName } from './run-mark.ts';

/** The tag by which a VM's owner says on the host that runs may work in it. */
export const TAG = 'code43';
const ASK = 60;
const SNAPSHOT = 600;

/**
 * Why a run must not touch this VM, each a sentence; empty: it may. The owner's file names it, which is asked before.
 *
 * @throws PveRefused; ConnectionLost
 */
export async function whyNotThisVm(
  manager: VmManager,
  vmid: number,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const limit = { seconds: ASK, signal };
  const vm = (await manager.list(limit)).find((one) => one.vmid === vmid);
  if (vm === undefined) return [`there is no VM ${vmid} on ${manager.name}`];
  if (vm.template) return [`VM ${vmid} is a template: name it as one`];
  const { status, lock } = await manager.status(vmid, limit);
  const left = (await manager.snapshots(vmid, limit)).filter(({ name, description }) =>
    isSnapshot(name, description),
  );
  return [
    ...(vm.tags.includes(TAG)
      ? []
      : [`VM ${vmid} has no tag ${TAG}: its owner sets it where runs may work in it`]),
    ...(status === 'stopped' ? [] : [`VM ${vmid} is ${status}: it must be stopped`]),
    ...(lock === null ? [] : [`VM ${vmid} is locked (${lock})`]),
    ...left.map(({ name }) => `VM ${vmid} still has ${name} of another run: see \`code43 clean\``),
  ];
}

/**
 * Takes a snapshot of the owner's VM for one run; the tear-down goes back to exactly this one and removes it.
 *
 * @throws LabFailed the VM must not be touched, or no snapshot could be taken; PveRefused; ConnectionLost
 */
export async function borrowVm(
  vmid: number,
  mark: RunMark,
  { manager, undoing, teardown, signal }: Making,
): Promise<void> {
  const why = await whyNotThisVm(manager, vmid, signal);
  if (why.length > 0) throw new LabFailed(why.join('; '));
  teardown.add(`VM ${vmid} as the run left it`, () => giveBack(undoing.manager, vmid, mark));
  const end = await manager.snapshot(vmid, snapshotName(mark), markLine(mark), { seconds: SNAPSHOT, signal });
  if (!end.ok) throw new LabFailed(`no snapshot of VM ${vmid} on ${manager.name}: ${words(end)}`);
}

/**
 * Rolls the VM back to the run's own snapshot and removes that. Without such a snapshot nothing was changed and
 * nothing is done; with a younger one on top it would be somebody else's work that is lost.
 *
 * @throws LabFailed; PveRefused; ConnectionLost
 */
export async function giveBack(manager: VmManager, vmid: number, mark: RunMark): Promise<void> {
  const limit = { seconds: SNAPSHOT };
  const snapshots = await manager.snapshots(vmid, limit);
  const ours = snapshots.find(
    ({ name, description }) => isSnapshot(name, description) && markOf(description) === mark,
  );
  if (ours === undefined) return;
  const younger = snapshots.filter(({ parent }) => parent === ours.name).map(({ name }) => name);
  if (younger.length > 0)
    throw new LabFailed(`${younger.join(', ')} stands on ${ours.name}: going back would lose it`);
  const { status } = await manager.status(vmid, limit);
  if (status !== 'stopped') await manager.stop(vmid, limit);
  await orFail(manager.rollback(vmid, ours.name, limit), ours);
  await orFail(manager.removeSnapshot(vmid, ours.name, limit), ours);
}

async function orFail(task: ReturnType<VmManager['rollback']>, { name }: Snapshot): Promise<void> {
  const end = await task;
  if (!end.ok) throw new LabFailed(`${name}: ${words(end)}`);
}
