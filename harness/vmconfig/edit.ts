import { withSet } from './edit-args.ts';
import { ConfigEditError } from './edit-error.ts';
import { withListProperty } from './edit-list.ts';
import type { ConfigEntry } from './entry.ts';
import type { Section } from './file/config-file.ts';
import { sectionNamed } from './file/contents.ts';
import { withSetting } from './file/edit-lines.ts';
import { readConfigFile, writeConfigFile } from './file/read-file.ts';
import { quote } from './quote.ts';

const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]/;
const PATH = /^([a-z][a-z_-]*\d*)(?:\.([a-z][a-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*))?$/;

/**
 * The text with one thing set, or removed with null; every other byte stays as it is. A path names a key (`machine`), a
 * property of a key (`hostpci0.romfile`), or what a `-set` in `args` gives (`args.device.hostpci0.addr`). A property
 * can only be set on a key that stands there, a `-set` also without `args`. A key whose last part goes, goes too.
 *
 * @param section name of a snapshot, or `pending`; null for the main section
 * @throws ConfigEditError for a section that is not there, and for a path or a value that the grammar cannot hold
 */
export function withProperty(
  text: string,
  path: string,
  value: string | null,
  section: string | null = null,
): string {
  const [, key, property] = PATH.exec(path) ?? [];
  const isSet = key === 'args' && property?.startsWith('device.') === true;
  if (key === undefined || (property?.includes('.') === true && !isSet))
    throw new ConfigEditError(`${quote(path)} is no key and no key.property of a VM config`);
  if (value !== null) checkValue(path, value, property !== undefined);
  const file = readConfigFile(text);
  const edited = sectionNamed(file, section);
  if (edited === null) throw new ConfigEditError(`the config has no section ${quote(section ?? '')}`);
  const entry = entryOf(edited, key);
  const after = property === undefined ? value : (isSet ? withSet : withListProperty)(entry, path, value);
  const result = writeConfigFile(withSetting(file, edited, key, after));
  const again = sectionNamed(readConfigFile(result), section);
  if (again === null || (entryOf(again, key)?.value ?? null) !== after)
    throw new ConfigEditError(`${path}: a config line cannot hold ${quote(after ?? '')}`);
  return result;
}

function checkValue(path: string, value: string, isProperty: boolean): void {
  const wrong =
    value === '' || CONTROL.test(value) || value !== value.trim() || (isProperty && value.includes(','));
  if (wrong) throw new ConfigEditError(`${path} cannot be ${quote(value)}`);
}

/** The line that counts for a key, whether Proxmox takes its value or not. */
function entryOf(section: Section, key: string): ConfigEntry | null {
  const found = section.lines.findLast(({ holds }) => 'entry' in holds && holds.entry?.key === key)?.holds;
  return found !== undefined && 'entry' in found ? found.entry : null;
}
