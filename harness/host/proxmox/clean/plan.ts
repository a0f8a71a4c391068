import { isMark } from '../life/run-mark.ts';
import type { Fate, Item } from './item.ts';
import { LiveRuns } from './live-runs.ts';
import type { FoundRom, NodeFound } from './node-found.ts';
import { snapshotItems } from './plan-snapshots.ts';
import { vmItem } from './plan-vms.ts';

/** Removes a file. */
const UNLINK: Fate = { kind: 'remove', removal: { by: 'unlink', unlock: false } };

/**
 * What is on a node of what runs make, and what is to become of each, in the order in which it is taken away: a ROM
 * goes after the VM that names it, a lease last. Pure; whatever it does not name is not touched.
 */
export function planOf(found: NodeFound): readonly Item[] {
  const live = new LiveRuns(found.leases);
  const vms = found.vms.flatMap((vm) => vmItem(vm, found, live) ?? []);
  const snapshots = found.vms.flatMap((vm) => snapshotItems(vm, found.tasks, live));
  const gone = new Set([...vms, ...snapshots].flatMap((item) => vmidThatChanges(item)));
  const roms = found.roms.map((rom) => romItem(rom, found, gone, live));
  const monitors = found.deadMonitors.map((vmid): Item => ({
    thing: { kind: 'monitor', vmid },
    run: null,
    fate: live.inUse(null) ?? UNLINK,
  }));
  const numbers = new Set(vms.flatMap(({ thing }) => (thing.kind === 'vm' ? [thing.vmid] : [])));
  const notes = [...found.notes].flatMap(([vmid, run]): Item[] =>
    numbers.has(vmid) ? [] : [{ thing: { kind: 'note', vmid }, run, fate: live.inUse(run) ?? UNLINK }],
  );
  const leases = found.leases.map(({ address, holder, silent, live: isLive }): Item => {
    const fate: Fate = isLive ? { kind: 'in-use', by: holder } : UNLINK;
    const run = holder.run !== null && isMark(holder.run) ? holder.run : null;
    return { thing: { kind: 'lease', address, holder, silent }, run, fate };
  });
  return [...vms, ...snapshots, ...roms, ...monitors, ...notes, ...leases];
}

function vmidThatChanges({ thing, fate }: Item): readonly number[] {
  if (fate.kind !== 'remove' || !('vmid' in thing)) return [];
  return fate.removal.by === 'destroy' || fate.removal.by === 'go-back' ? [thing.vmid] : [];
}

function romItem(rom: FoundRom, { vms }: NodeFound, gone: ReadonlySet<number>, live: LiveRuns): Item {
  const { file, whole, run, digits, sha256 } = rom;
  const thing = { kind: 'rom', file, whole } as const;
  if (whole && sha256?.startsWith(digits) !== true)
    return {
      thing,
      run: null,
      fate: { kind: 'unknown', why: 'no run wrote what is in it: its name says another' },
    };
  const users = vms
    .filter(({ vmid, text }) => !gone.has(vmid) && text.includes(file))
    .map(({ vmid }) => vmid);
  const named: Fate = {
    kind: 'stays',
    why: `the config of VM ${users.join(', ')} names it: take it out there`,
  };
  return { thing, run, fate: live.inUse(run) ?? (users.length > 0 ? named : UNLINK) };
}
