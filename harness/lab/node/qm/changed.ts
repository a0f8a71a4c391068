import { type Conf, type Section, withEntries } from '../conf/conf.ts';
import { changesAtOnce, DRIVE_KEY } from '../conf/keys.ts';
import { allocate } from '../disk/allocate.ts';
import { newMac } from '../identity.ts';
import type { Io } from '../io.ts';
import { NotInStandIn } from '../refusal.ts';
import { hasVolume, volumeOf } from '../disk/volume.ts';

interface Change {
  readonly values: Readonly<Record<string, string>>;
  readonly deleted: readonly string[];
  readonly reverted: readonly string[];
}

/** The config after a change. In a running VM most of it waits for the next start. */
export async function changed(
  vmid: number,
  conf: Conf,
  { values, deleted, reverted }: Change,
  { running, io }: { readonly running: boolean; readonly io: Io },
): Promise<Conf> {
  const pending = { entries: new Map(conf.pending.entries), deleted: new Set(conf.pending.deleted) };
  for (const key of reverted) {
    pending.entries.delete(key);
    pending.deleted.delete(key);
  }
  let { main } = conf;
  for (const key of deleted) {
    if (key !== 'description' && !main.entries.has(key) && !pending.entries.has(key))
      io.err(`cannot delete '${key}' - not set in current configuration!\n`);
    pending.entries.delete(key);
    if (running && main.entries.has(key) && !changesAtOnce(key)) pending.deleted.add(key);
    else main = without(main, key);
  }
  for (const [key, given] of Object.entries(values)) {
    const value = await prepared(vmid, key, given, io);
    pending.deleted.delete(key);
    pending.entries.delete(key);
    if (!running || changesAtOnce(key)) main = set(main, key, value);
    else if (DRIVE_KEY.test(key) || /^net/.test(key)) throw new NotInStandIn(`${key} of a running VM`);
    else if (main.entries.get(key) !== value) pending.entries.set(key, value);
  }
  return { ...conf, main, pending: { entries: pending.entries, deleted: [...pending.deleted] } };
}

/** What Proxmox adds to a value by itself: a disk that is to be made, an address. */
export async function prepared(vmid: number, key: string, value: string, io: Io): Promise<string> {
  if (DRIVE_KEY.test(key)) return allocate(vmid, key, value, io.out);
  if (!/^net\d+$/.test(key) || /(?:[0-9a-f]{2}:){5}/i.test(value)) return value;
  const [model = '', ...rest] = value.split(',');
  return [`${model}=${newMac()}`, ...rest].join(',');
}

export function set(section: Section, key: string, value: string): Section {
  if (key !== 'description') return withEntries(section, { [key]: value });
  return { ...section, description: value === '' ? null : value };
}

/** A disk that is deleted stays, as an unused one. */
function without(section: Section, key: string): Section {
  if (key === 'description') return { ...section, description: null };
  const value = section.entries.get(key);
  const left = withEntries(section, { [key]: null });
  if (value === undefined || !DRIVE_KEY.test(key) || !hasVolume(value)) return left;
  return withUnused(left, volumeOf(value).id);
}

/** With a volume that belongs to the VM and that nothing uses. */
export function withUnused(section: Section, volume: string): Section {
  let n = 0;
  while (section.entries.has(`unused${n}`)) n += 1;
  return withEntries(section, { [`unused${n}`]: volume });
}
