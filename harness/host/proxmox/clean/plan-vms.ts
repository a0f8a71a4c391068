import { mainOf } from '../../../vmconfig/file/contents.ts';
import { snapshotsOf } from '../../../vmconfig/file/snapshots.ts';
import { ownedClone } from '../owned.ts';
import type { ActiveTask } from '../vm-manager.ts';
import type { Fate, Item } from './item.ts';
import type { LiveRuns } from './live-runs.ts';
import { nodeAtWork } from './node-at-work.ts';
import type { FoundVm, NodeFound } from './node-found.ts';

/** @returns what is to become of a VM that a run has made, or may have; null: it is somebody's */
export function vmItem(
  vm: FoundVm,
  { tasks, notes }: Pick<NodeFound, 'tasks' | 'notes'>,
  live: LiveRuns,
): Item | null {
  const { vmid, running } = vm;
  const { entries, description } = mainOf(vm.config);
  const name = entries.get('name')?.value ?? '';
  const run = ownedClone({ name, description: description ?? '' });
  if (run !== null) {
    const fate = live.inUse(run) ?? fateOfClone(vm, tasks);
    return { thing: { kind: 'vm', vmid, name, running }, run, fate };
  }
  const lock = entries.get('lock')?.value ?? '';
  const noted = notes.get(vmid) ?? null;
  const isBare = entries.size === 0 && noted !== null;
  if (entries.size > 1 || !(lock in NAMELESS || isBare)) return null;
  if (noted !== null) {
    const whole = { kind: 'remove', removal: { by: 'destroy', unlock: true } } as const;
    const fate = live.inUse(noted) ?? nodeAtWork(vmid, tasks) ?? whole;
    return { thing: { kind: 'vm', vmid, name: HALF, running }, run: noted, fate };
  }
  return { thing: { kind: 'nameless', vmid, lock }, run: null, fate: namelessFate(vmid, lock, tasks) };
}

function fateOfClone({ vmid, config }: FoundVm, tasks: readonly ActiveTask[]): Fate {
  const { entries } = mainOf(config);
  const lock = entries.get('lock')?.value ?? null;
  const [snapshot] = snapshotsOf(config);
  const atWork = lock === null ? null : nodeAtWork(vmid, tasks);
  if (atWork !== null) return atWork;
  const changed = [
    ...(entries.get('template')?.value === '1' ? ['somebody has made it a template'] : []),
    ...(snapshot === undefined ? [] : [`somebody has taken the snapshot ${snapshot.name} of it`]),
    ...(entries.get('protection')?.value === '1' ? ['somebody has protected it'] : []),
    ...(lock === null || lock === 'clone' ? [] : [`it is locked (${lock}), and no run does that`]),
  ];
  if (changed.length === 0) return { kind: 'remove', removal: { by: 'destroy', unlock: lock !== null } };
  return {
    kind: 'stays',
    why: `${changed.join(', ')}: give it another name, or take that away and clean again`,
  };
}

/**
 * Until the first disk of a clone is there, its config is a lock and nothing else; so is that of a VM whose removal was
 * cut off at its end (qemu-server 9.2.6, PVE/API2/Qemu.pm, clone_vm and destroy_vm). Whose it was stands nowhere then.
 */
/** Instead of a name. */
const HALF = 'half made';
const NAMELESS: Readonly<Record<string, string>> = {
  clone: 'a clone that was cut off before its first disk was there',
  destroyed: 'a VM whose removal was cut off at its end',
};

function namelessFate(vmid: number, lock: string, tasks: readonly ActiveTask[]): Fate {
  const why =
    `${NAMELESS[lock] ?? lock}, and nothing says whose; where you know that nobody wants it: ` +
    `qm unlock ${vmid} && qm destroy ${vmid}`;
  return nodeAtWork(vmid, tasks) ?? { kind: 'unknown', why };
}
