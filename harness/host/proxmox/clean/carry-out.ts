import type { Machine } from '../../../wire/machine/machine.ts';
import { removeDeadLease } from '../lease/describe-leases.ts';
import { monitorPath } from '../run-directory.ts';
import { forgetClone } from '../life/clone-note.ts';
import { destroyClone, words } from '../life/clone.ts';
import { LabFailed } from '../life/lab-failed.ts';
import { giveBack } from '../life/own-vm.ts';
import type { RunMark } from '../life/run-mark.ts';
import { ROM_DIRECTORY } from '../node/rom-slot.ts';
import type { ManagedNode } from '../managed-node.ts';
import type { VmManager } from '../vm-manager.ts';
import type { Item, Removal, Thing } from './item.ts';

const UNLOCK = { seconds: 60 };
const SNAPSHOT = { seconds: 600 };
const FILE = { seconds: 60 };

/**
 * Takes one thing away, as its plan of this moment says. What has gone meanwhile is well.
 *
 * @throws LabFailed it is still there; PveRefused; PveLate; LeaseFailed; ConnectionLost
 */
export async function carryOut({ thing, run, fate }: Item, { node, manager }: ManagedNode): Promise<void> {
  if (fate.kind !== 'remove') throw new RangeError(`nothing is to be done to it: ${fate.kind}`);
  const { removal } = fate;
  // Whoever destroys a clone looks for its lock anyway.
  if (thing.kind === 'snapshot' && removal.unlock) await manager.unlock(thing.vmid, UNLOCK);
  switch (thing.kind) {
    case 'vm':
      return destroyClone({ node, manager }, thing.vmid, marked(run));
    case 'snapshot':
      return removeSnapshot(thing, removal, marked(run), manager);
    case 'rom':
      return removeFile(node, `${ROM_DIRECTORY}/${thing.file}`);
    case 'note':
      return forgetClone(node, thing.vmid);
    case 'monitor':
      return removeFile(node, monitorPath(thing.vmid));
    case 'lease':
      if ((await removeDeadLease(node, thing.address)) === 'live')
        throw new LabFailed('somebody has taken it meanwhile');
      return undefined;
    case 'nameless':
      throw new RangeError('nobody can tell whose it is');
  }
}

async function removeSnapshot(
  { vmid, name }: Extract<Thing, { kind: 'snapshot' }>,
  { by }: Removal,
  run: RunMark,
  manager: VmManager,
): Promise<void> {
  if (by === 'go-back') return giveBack(manager, vmid, run);
  const end = await (by === 'forget-half'
    ? manager.removeHalfSnapshot(vmid, name, SNAPSHOT)
    : manager.removeSnapshot(vmid, name, SNAPSHOT));
  if (!end.ok) throw new LabFailed(`it is still there: ${words(end)}`);
}

async function removeFile(node: Machine, path: string): Promise<void> {
  const { code, stderr } = await node.run(['rm', '-f', '--', path], FILE);
  if (code !== 0) throw new LabFailed(`rm said ${stderr.trim().slice(0, 300) || `exit code ${code}`}`);
}

function marked(run: RunMark | null): RunMark {
  if (run === null) throw new RangeError('nothing says which run made it');
  return run;
}
