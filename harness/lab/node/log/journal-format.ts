import { json } from '../json.ts';
import { NODE_NAME } from '../places.ts';
import { NotInStandIn } from '../refusal.ts';
import type { JournalEntry } from './journal.ts';
import { sinceBoot, written } from './time.ts';

const JOURNAL = 'c0de43'.padEnd(32, '0');
const SECOND = 1_000_000;

/** Names one place in the journal. */
export function cursorOf({ boot, monotonic, realtime }: JournalEntry, line: number): string {
  const hex = [line + 1, monotonic, realtime].map((value) => value.toString(16));
  return `s=${JOURNAL};i=${hex[0] ?? ''};b=${boot};m=${hex[1] ?? ''};t=${hex[2] ?? ''};x=${hex[0] ?? ''}`;
}

/** The line after the one that a cursor names; null for what is none of this journal's. */
export function afterCursor(text: string): number | null {
  const line = new RegExp(`^s=${JOURNAL};i=([0-9a-f]+);`).exec(text)?.[1];
  return line === undefined ? null : parseInt(line, 16);
}

/** One entry in a form that `journalctl -o` can be asked for; the forms are those of the transcripts `journalctl …`. */
export function formatted(
  entry: JournalEntry,
  line: number,
  form: string,
  fields: readonly string[],
): string {
  const { realtime, monotonic, who, pid, message } = entry;
  const said = `${NODE_NAME} ${who}${pid === null ? '' : `[${pid}]`}: ${message}\n`;
  const { iso, micros, short } = written(realtime);
  switch (form) {
    case 'short':
      return `${short} ${said}`;
    case 'short-precise':
      return `${short}.${micros} ${said}`;
    case 'short-iso':
      return `${iso}+00:00 ${said}`;
    case 'short-iso-precise':
      return `${iso}.${micros}+00:00 ${said}`;
    case 'short-unix':
      return `${Math.floor(realtime / SECOND)}.${micros} ${said}`;
    case 'short-monotonic':
      return `[${sinceBoot(monotonic, 5)}] ${said}`;
    case 'cat':
      return `${message}\n`;
    case 'json':
      return json(asFields(entry, line, fields));
    default:
      throw new NotInStandIn(`journalctl -o ${form}`);
  }
}

/** Cursor, times and boot are always among the fields. */
function asFields(entry: JournalEntry, line: number, fields: readonly string[]): Record<string, string> {
  const { realtime, monotonic, boot, priority, who, pid, message } = entry;
  const kernel = who === 'kernel';
  const all: Record<string, string> = {
    MESSAGE: message,
    PRIORITY: String(priority),
    SYSLOG_FACILITY: kernel ? '0' : '3',
    SYSLOG_IDENTIFIER: who,
    _HOSTNAME: NODE_NAME,
    _TRANSPORT: kernel ? 'kernel' : 'syslog',
    ...(kernel ? { _SOURCE_MONOTONIC_TIMESTAMP: String(monotonic) } : {}),
    ...(pid === null ? {} : { _PID: String(pid) }),
  };
  const wanted = Object.entries(all).filter(([name]) => fields.length === 0 || fields.includes(name));
  return {
    ...Object.fromEntries(wanted),
    __CURSOR: cursorOf(entry, line),
    __REALTIME_TIMESTAMP: String(realtime),
    __MONOTONIC_TIMESTAMP: String(monotonic),
    _BOOT_ID: boot,
  };
}
