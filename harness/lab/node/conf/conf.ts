/** One section of a VM's config: the VM itself, or a snapshot of it. */
export interface Section {
  readonly description: string | null;
  readonly entries: ReadonlyMap<string, string>;
}

/** What is set or deleted at the next start of a running VM. */
export interface Pending {
  readonly entries: ReadonlyMap<string, string>;
  readonly deleted: readonly string[];
}

/** One `/etc/pve/qemu-server/<vmid>.conf`. */
export interface Conf {
  readonly main: Section;
  readonly pending: Pending;
  readonly snapshots: ReadonlyMap<string, Section>;
}

export const NOTHING_PENDING: Pending = { entries: new Map(), deleted: [] };

/** The section with some keys set and others gone (null). */
export function withEntries(section: Section, changes: Readonly<Record<string, string | null>>): Section {
  const entries = new Map(section.entries);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) entries.delete(key);
    else entries.set(key, value);
  }
  return { ...section, entries };
}

/** The VM as its next start has it. */
export function afterStart({ main, pending }: Conf): Section {
  const gone = pending.deleted.map((key) => [key, null] as const);
  return withEntries(main, Object.fromEntries([...gone, ...pending.entries]));
}
