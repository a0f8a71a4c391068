import type { ConfigEntry } from '../entry.ts';
import type { ConfigFile } from './config-file.ts';
import { type Contents, mainOf, pendingOf } from './contents.ts';

/** A change that was asked for while the VM ran. It takes effect when the VM is stopped and started again. */
export interface PendingChange {
  readonly key: string;
  /** What is in force; null where the key is not set. */
  readonly from: string | null;
  /** What it will be; null where the key goes. */
  readonly to: string | null;
  /** Where the change stands. */
  readonly line: number;
}

/**
 * What waits for the VM to be stopped, sorted by key. Deletions are applied after values, as Proxmox does.
 * Source: pve-guest-common PVE/AbstractConfig.pm, load_current_config and parse_pending_delete.
 */
export function pendingChanges(file: ConfigFile): readonly PendingChange[] {
  const main = mainOf(file);
  const { entries, description } = pendingOf(file);
  const changes = new Map<string, PendingChange>();
  const change = (key: string, to: string | null, line: number): void => {
    const from = key === 'description' ? main.description : (main.entries.get(key)?.value ?? null);
    if (from === to) changes.delete(key);
    else changes.set(key, { key, from, to, line });
  };
  if (description !== null) change('description', description === '' ? null : description, pendingLine(file));
  for (const [key, entry] of entries) {
    if (key !== 'delete' && key !== 'snapstate') change(key, entry.value, entry.line);
  }
  for (const { key, line } of deletions(entries.get('delete'))) change(key, null, line);
  return [...changes.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The main section as it will be once the VM has been stopped. */
export function afterPending(file: ConfigFile): Contents {
  const { description, entries } = mainOf(file);
  const pending = pendingOf(file);
  const after = new Map([...entries, ...pending.entries]);
  const deleted = deletions(pending.entries.get('delete')).map(({ key }) => key);
  for (const key of [...deleted, 'delete', 'snapstate']) after.delete(key);
  return {
    description: deleted.includes('description') ? null : (pending.description ?? description),
    entries: after,
  };
}

// `!` before a key: force, that is without unlinking first.
function deletions(
  entry: ConfigEntry | undefined,
): readonly { readonly key: string; readonly line: number }[] {
  if (entry === undefined) return [];
  const keys = entry.value.split(/[,; \t\n\v\f\r]+/).filter((key) => key !== '');
  return keys.map((key) => ({ key: key.replace(/^!/, ''), line: entry.line }));
}

function pendingLine(file: ConfigFile): number {
  const sections = file.sections.filter(({ kind, replacedBy }) => kind === 'pending' && replacedBy === null);
  return sections[0]?.lines[0]?.number ?? 1;
}
