import type { ConfigFile } from './config-file.ts';
import { contentsOf, mainOf, sectionsOf } from './contents.ts';

/** One snapshot as the config tells of it. */
export interface Snapshot {
  readonly name: string;
  /** The snapshot it was taken upon; null where it has none or where that one is gone. */
  readonly parent: string | null;
  /** Seconds since 1970; null where the config does not say. */
  readonly time: number | null;
  readonly description: string | null;
  /** The memory was saved too, so the VM was running. Without it nobody can tell whether it was. */
  readonly withMemory: boolean;
  /** `prepare` or `delete`: taking or removing it began and did not end. */
  readonly unfinished: string | null;
}

/** A snapshot, or with `null` the state that the VM is in now, and how deep below its root it hangs. */
export interface TreeRow {
  readonly depth: number;
  readonly snapshot: Snapshot | null;
}

/** A config's snapshots by name. Source: pve-guest-common PVE/AbstractConfig.pm. */
export function snapshotsOf(file: ConfigFile): readonly Snapshot[] {
  const sections = sectionsOf(file, 'snapshot');
  const names = new Set(sections.map(({ name }) => name));
  return sections.map((section) => {
    const { entries, description } = contentsOf(section);
    const valueOf = (key: string) => entries.get(key)?.value ?? null;
    const time = /^\d{1,12}$/.exec(valueOf('snaptime') ?? '')?.[0];
    const parent = valueOf('parent');
    return {
      name: section.name,
      parent: parent !== null && names.has(parent) ? parent : null,
      time: time === undefined ? null : Number(time),
      description,
      withMemory: entries.has('vmstate'),
      unfinished: valueOf('snapstate'),
    };
  });
}

/**
 * The snapshots as a tree in the order of `qm listsnapshot`: siblings by time, the present state last. Every snapshot
 * is in it once, also those whose parents run in a circle. Source: pve-guest-common PVE/GuestHelpers.pm,
 * print_snapshot_tree.
 */
export function snapshotTree(file: ConfigFile): readonly TreeRow[] {
  const snapshots = [...snapshotsOf(file)].sort((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity) || 0);
  const now = mainOf(file).entries.get('parent')?.value ?? null;
  const rows: TreeRow[] = [];
  const children = byParent(snapshots);
  const left = new Set(snapshots);
  const grow = (root: Snapshot): void => {
    const stack = [{ snapshot: root, depth: 0 }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { snapshot, depth } = top;
      if (!left.delete(snapshot)) continue;
      rows.push(top);
      for (const child of children.get(snapshot.name)?.toReversed() ?? [])
        stack.push({ snapshot: child, depth: depth + 1 });
    }
  };
  for (const snapshot of snapshots) if (snapshot.parent === null) grow(snapshot);
  for (const snapshot of snapshots) grow(snapshot);
  return withNow(rows, now);
}

function byParent(snapshots: readonly Snapshot[]): ReadonlyMap<string, readonly Snapshot[]> {
  const children = new Map<string, Snapshot[]>();
  for (const snapshot of snapshots) {
    if (snapshot.parent === null) continue;
    const siblings = children.get(snapshot.parent);
    if (siblings === undefined) children.set(snapshot.parent, [snapshot]);
    else siblings.push(snapshot);
  }
  return children;
}

/** Puts the present state below the snapshot it goes on from, after all that hang there; else at the end. */
function withNow(rows: readonly TreeRow[], parent: string | null): readonly TreeRow[] {
  const at = rows.findIndex(({ snapshot }) => snapshot !== null && snapshot.name === parent);
  const above = rows[at];
  if (above === undefined) return [...rows, { depth: 0, snapshot: null }];
  const next = rows.findIndex(({ depth }, index) => index > at && depth <= above.depth);
  return rows.toSpliced(next < 0 ? rows.length : next, 0, { depth: above.depth + 1, snapshot: null });
}
