import { mainOf, pendingOf } from '../../../vmconfig/file/contents.ts';
import { type Snapshot, snapshotsOf } from '../../../vmconfig/file/snapshots.ts';
import { monitorPath } from '../run-directory.ts';
import { TAG } from '../life/own-vm.ts';
import { ownedSnapshot } from '../owned.ts';
import type { ActiveTask } from '../vm-manager.ts';
import type { Fate, Item } from './item.ts';
import type { LiveRuns } from './live-runs.ts';
import { nodeAtWork } from './node-at-work.ts';
import type { FoundVm } from './node-found.ts';

/** What of a VM decides about a snapshot of it. */
interface State {
  readonly lock: string | null;
  readonly template: boolean;
  readonly tagged: boolean;
  /** The snapshot that its state of now goes on from. */
  readonly standsOn: string | null;
  /** Its arguments have our monitor, which a run sets with all else that it changes, and going back takes out. */
  readonly changedByRun: boolean;
}

/** @returns what is to become of each snapshot of a VM that a run has taken */
export function snapshotItems(vm: FoundVm, tasks: readonly ActiveTask[], live: LiveRuns): readonly Item[] {
  const { vmid, running } = vm;
  const all = snapshotsOf(vm.config);
  return all.flatMap((snapshot): readonly Item[] => {
    const { name } = snapshot;
    const run = ownedSnapshot({ name, description: snapshot.description ?? '' });
    if (run === null) return [];
    const fate = live.inUse(run) ?? fateOf(snapshot, vm, all, tasks);
    return [{ thing: { kind: 'snapshot', vmid, name, running }, run, fate }];
  });
}

/**
 * Going back loses all that was done in the VM since. So that is done only to a state that the run itself has changed,
 * or may have: the VM goes on from the run's snapshot and still has the run's monitor among its arguments. In any other
 * state its owner has gone on meanwhile, or the run had not yet begun to change it, or had been taken back: then the
 * snapshot is of no more use, and removing it changes nothing.
 */
function fateOf(
  snapshot: Snapshot,
  vm: FoundVm,
  all: readonly Snapshot[],
  tasks: readonly ActiveTask[],
): Fate {
  const { name, unfinished } = snapshot;
  const { vmid, running } = vm;
  const { lock, template, tagged, standsOn, changedByRun } = stateOf(vm);
  const byHand = `qm delsnapshot ${vmid} ${name}`;
  const atWork = lock === null ? null : nodeAtWork(vmid, tasks);
  if (atWork !== null) return atWork;
  if (template) return stays(`VM ${vmid} is a template by now; to drop it: ${byHand}`);
  if (!tagged)
    return stays(`VM ${vmid} has no tag ${TAG}, so nothing is done in it: set the tag, or ${byHand}`);
  const younger = all.filter(({ parent }) => parent === name).map((one) => one.name);
  if (younger.length > 0)
    return stays(
      `${younger.join(', ')} stands on it, and going back would lose that; to keep VM ${vmid} as it is: ${byHand}`,
    );
  const goBack = standsOn === name && changedByRun && unfinished === null;
  if (lock !== null && !isOfSnapshot(lock, snapshot, goBack, all))
    return stays(`VM ${vmid} is locked (${lock}), not for this; when nothing is at it: qm unlock ${vmid}`);
  if (running && !goBack)
    return stays(`VM ${vmid} runs, and not as a run left it: stop it, then clean again`);
  const by = unfinished !== null ? 'forget-half' : goBack ? 'go-back' : 'forget';
  return { kind: 'remove', removal: { by, unlock: lock !== null } };
}

/**
 * Whether a lock in the config is what a killed task on this snapshot leaves (k41; pve-guest-common 6.0.2,
 * PVE/AbstractConfig.pm): `snapshot` until the snapshot is whole; `rollback` while the disks may be half gone back, and
 * then going back once more is right; `snapshot-delete` while it is taken away, which at first changes nothing else.
 */
function isOfSnapshot(
  lock: string,
  { unfinished }: Snapshot,
  goBack: boolean,
  all: readonly Snapshot[],
): boolean {
  if (lock === 'rollback') return goBack;
  if (lock === 'snapshot') return unfinished === 'prepare';
  const untouched = all.every((one) => one.unfinished === null);
  return lock === 'snapshot-delete' && (unfinished === 'delete' || untouched);
}

function stateOf({ vmid, config }: FoundVm): State {
  const { entries } = mainOf(config);
  const valueOf = (key: string): string | null => entries.get(key)?.value ?? null;
  const monitor = `unix:${monitorPath(vmid)},`;
  const args = [valueOf('args'), pendingOf(config).entries.get('args')?.value ?? null];
  return {
    lock: valueOf('lock'),
    template: valueOf('template') === '1',
    tagged: (valueOf('tags') ?? '').split(/[;,\s]+/).includes(TAG),
    standsOn: valueOf('parent'),
    changedByRun: args.some((text) => text?.includes(monitor) === true),
  };
}

function stays(why: string): Fate {
  return { kind: 'stays', why };
}
