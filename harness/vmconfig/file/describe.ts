import type { ConfigEntry, ConfigProblem } from '../entry.ts';
import { classOfKey, type KeyClass } from '../keys.ts';
import { valueProblems } from '../values.ts';
import { contentsOf, sectionNamed } from './contents.ts';
import type { ConfigFile } from './config-file.ts';
import { configDigest } from './digest.ts';
import { lossesOf } from './losses.ts';
import { pendingChanges, type PendingChange } from './pending.ts';
import { writeConfigFile } from './read-file.ts';
import { type Snapshot, snapshotTree } from './snapshots.ts';

/** What one config says, key by key, for a person or for `--json`. */
export interface ConfigReport {
  /** As Proxmox computes it, of the whole text. */
  readonly digest: string;
  /** The snapshot whose config this is; null: what is in force. */
  readonly snapshot: string | null;
  readonly description: string | null;
  /** In the order of the text. */
  readonly keys: readonly (ConfigEntry & { readonly class: KeyClass })[];
  /** Not in force until the VM is stopped. */
  readonly pending: readonly (PendingChange & { readonly class: KeyClass })[];
  /** A tree, row by row; the row without a name is the present state. */
  readonly snapshots: readonly SnapshotRow[];
  /** What Proxmox would drop, and values under test that no scenario may have; by line. */
  readonly problems: readonly ConfigProblem[];
}

export interface SnapshotRow extends Omit<Snapshot, 'name' | 'time'> {
  readonly name: string | null;
  readonly depth: number;
  /** In UTC, as `2026-01-31T12:00:00Z`; null where the config does not say. */
  readonly time: string | null;
}

const NOW: Omit<SnapshotRow, 'depth'> = {
  name: null,
  parent: null,
  time: null,
  description: null,
  withMemory: false,
  unfinished: null,
};

/** What a config says is in force, or what a snapshot in it holds; null where it has no snapshot of that name. */
export function describeConfig(file: ConfigFile, snapshot: string | null): ConfigReport | null {
  const section = snapshot?.toLowerCase() === 'pending' ? null : sectionNamed(file, snapshot);
  if (section === null) return null;
  const { description, entries } = contentsOf(section);
  const keys = [...entries].map(([key, entry]) => ({ ...entry, key, class: classOfKey(key) }));
  const whole = snapshot === null;
  const lost = lossesOf(whole ? file : { sections: [section] });
  const wrong = keys.flatMap((entry) => (entry.class === 'under-test' ? valueProblems(entry) : []));
  return {
    digest: configDigest(writeConfigFile(file)),
    snapshot,
    description,
    keys,
    pending: whole ? pendingChanges(file).map((each) => ({ ...each, class: classOfKey(each.key) })) : [],
    snapshots: whole ? snapshotRows(file) : [],
    problems: [...lost, ...wrong].sort((a, b) => a.line - b.line),
  };
}

/** Empty for a config without snapshots. */
function snapshotRows(file: ConfigFile): readonly SnapshotRow[] {
  const rows = snapshotTree(file);
  if (rows.length === 1) return [];
  return rows.map(({ depth, snapshot }) =>
    snapshot === null ? { ...NOW, depth } : { ...snapshot, depth, time: inUtc(snapshot.time) },
  );
}

function inUtc(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
