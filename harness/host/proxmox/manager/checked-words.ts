import { PveRefused } from '../refused.ts';
import type { ConfigChange } from '../vm-manager.ts';

/**
 * What must not reach a command or an address as something else than it is meant. Every function throws PveRefused
 * before anything is asked.
 */

/** Source: pve-common 9.2.1, PVE/JSONSchema.pm: a configuration's id of at most 40 characters. */
const SNAPSHOT = /^[A-Za-z][A-Za-z0-9_-]{1,39}$/;
const KEY = /^[a-z][a-z0-9_-]{0,63}$/;
/** Parameters of the call that changes a config, which are no keys of it. Source: qemu-server 9.2.6, PVE/API2/Qemu.pm. */
const PARAMETERS = new Set([
  'node',
  'vmid',
  'digest',
  'delete',
  'revert',
  'force',
  'skiplock',
  'background_delay',
  'import-working-storage',
]);

/** Keys of plain text, whose next word is their value whatever it is (b19). */
const DASH_FIRST = new Set(['args', 'description']);

/** @returns the number of a VM as a word */
export function vmidWord(asked: string, vmid: number): string {
  if (!Number.isInteger(vmid) || vmid < 100 || vmid > 999_999_999)
    throw new PveRefused(asked, `${vmid} is no number of a VM: not asked`);
  return String(vmid);
}

/** @returns the name: with a dash first it would be an option, with a slash another address */
export function snapshotWord(asked: string, name: string): string {
  if (!SNAPSHOT.test(name))
    throw new PveRefused(asked, `${JSON.stringify(name.slice(0, 80))} is no name of a snapshot: not asked`);
  return name;
}

/** @returns the text: no argument of a program holds a NUL byte, and half a surrogate pair is no character */
export function plainText(asked: string, text: string): string {
  if (/[\0\p{Surrogate}]/u.test(text))
    throw new PveRefused(asked, 'a value holds a NUL byte or half a character: not asked');
  return text;
}

/** A change of a config that can be asked for as it stands. */
export interface CheckedChange {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
  readonly digest: string;
}

/** @returns the change, which has at least one key */
export function checkedChange(asked: string, { set = {}, remove = [], digest }: ConfigChange): CheckedChange {
  for (const key of [...Object.keys(set), ...remove]) {
    if (!KEY.test(key) || PARAMETERS.has(key))
      throw new PveRefused(
        asked,
        `${JSON.stringify(key.slice(0, 80))} is no key of a VM's config: not asked`,
      );
  }
  for (const [key, value] of Object.entries(set)) {
    plainText(asked, value);
    // `qm` takes the word behind a yes-or-no key for an option of its own where it begins with a dash.
    if (value.startsWith('-') && !DASH_FIRST.has(key))
      throw new PveRefused(asked, `no value of ${key} begins with a dash: not asked`);
  }
  if (!/^[0-9a-f]{40}$/.test(digest))
    throw new PveRefused(asked, 'no digest says which config is meant: not asked');
  if (Object.keys(set).length + remove.length === 0)
    throw new PveRefused(asked, 'nothing is to be changed: not asked');
  return { set, remove, digest };
}
