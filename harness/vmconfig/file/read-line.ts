import { quote } from '../quote.ts';
import type { Held, Section } from './config-file.ts';
import { settingRefusal } from './settings.ts';
import { trimmedSpan } from './white-space.ts';

/** Where a line stands. */
type Place = Pick<Section, 'kind' | 'name'>;

// Keys with patterns of their own, which want more than white space; other plain texts may be blank, such as `boot`.
const NEEDS_VALUE = new Set(['args', 'delete', 'description']);

/**
 * What Proxmox makes of line `number`, which is no header; its checks come in Proxmox's order.
 * Source: qemu-server 9.2.6, PVE/QemuServer.pm, parse_vm_config.
 */
export function readLine(text: string, place: Place, number: number): Held {
  const { end } = trimmedSpan(text);
  if (end === 0) return { kind: 'blank' };
  if (place.kind === 'unknown') {
    const message = `Proxmox skips what stands in the section ${quote(place.name)}`;
    return dropped(null, 1, message, 'a snapshot needs a name of letters, digits, "_" and "-", at least two');
  }
  // The whole line: Proxmox cuts nothing off a "#" line.
  if (text.startsWith('#')) return { kind: 'description', encoded: text.slice(1), entry: null };
  return readSetting(text, end, place, number);
}

function readSetting(text: string, end: number, place: Place, line: number): Held {
  const [, key] = /^([a-z][a-z_-]*\d*):/.exec(text) ?? [];
  const rest = key === undefined ? 0 : key.length + 1;
  const value = text.slice(rest, end);
  const start = trimmedSpan(value).start;
  // Of a value that is white space alone, Proxmox's pattern takes the last character.
  const blank = value === '' ? text.slice(Math.max(rest, text.length - 1)) : '';
  const column = blank === '' ? rest + start + 1 : text.length;
  const entry = key === undefined ? null : { key, value: value.slice(start) || blank, line, column };
  if (entry?.key === 'description' && value !== '')
    return { kind: 'description', encoded: entry.value, entry };
  const state = snapState(text, end);
  if (state !== null) return readSnapState(state, text, place, line, entry?.key ?? null);
  if (entry === null) {
    return dropped(null, 1, `not a config line: ${quote(text.slice(0, end))}`, 'expected "key: value"');
  }
  if (entry.key === 'delete' && place.kind !== 'pending') {
    return dropped('delete', 1, 'Proxmox knows "delete" only in the section [PENDING]', 'remove the line');
  }
  if (entry.value === '' || (value === '' && NEEDS_VALUE.has(entry.key))) {
    return dropped(entry.key, end + 1, `${entry.key} has no value`, 'remove the line or give one');
  }
  return { kind: 'entry', entry, refusal: refusalOf(entry.key, entry.value, place) };
}

function refusalOf(key: string, value: string, { kind, name }: Place): string | null {
  if (key === 'args' || key === 'delete') return null;
  if (kind !== 'special') return settingRefusal(key, value);
  // Of cloud-init's notes Proxmox checks nothing.
  if (name === 'cloudinit') return null;
  if (key === 'fleecing-images')
    return value.includes('\r') ? `${key} has a carriage return in its value` : null;
  return `Proxmox knows no ${quote(key)} in the section ${quote(`special:${name}`)}`;
}

function readSnapState(state: string, text: string, place: Place, line: number, key: string | null): Held {
  const whole = text.startsWith('snapstate:');
  const message = 'Proxmox takes a line that ends so for a snapshot state and drops it';
  if (place.kind === 'main' || !whole) return dropped(key, 1, message, null);
  const column = text.lastIndexOf(state) + 1;
  return { kind: 'entry', entry: { key: 'snapstate', value: state, line, column }, refusal: null };
}

/** `prepare` or `delete` where the line ends so. Proxmox's pattern has no beginning, so any text may stand before. */
function snapState(text: string, end: number): string | null {
  const state = ['prepare', 'delete'].find((word) => text.endsWith(word, end)) ?? null;
  if (state === null) return null;
  const before = text.slice(0, end - state.length);
  return before.slice(0, trimmedSpan(before).end).endsWith('snapstate:') ? state : null;
}

function dropped(key: string | null, column: number, message: string, hint: string | null): Held {
  return { kind: 'dropped', problem: { key, column, message, hint } };
}
