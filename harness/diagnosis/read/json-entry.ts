const KEYED = /^\s{0,20}"(\w{2,40})"\s{0,8}:\s{0,20}(.*?),?\s{0,4}$/;
const PUNCTUATION = /^\s{0,20}(?:[\][{},]\s{0,2}){1,6}$/;
/** Keys that only a log's entry has. */
const TELLING = /^(?:msg|pri|dmesg|MESSAGE|_{1,2}[A-Z_]{2,38}|SYSLOG_\w+|PRIORITY)$/;

/** An entry of a log as a line of plain text, `[    4.075646] pve kernel: …`; null where the object is none. */
export function entryText(object: Readonly<Record<string, unknown>>): string | null {
  const message = textOf(object['MESSAGE'] ?? object['msg'] ?? object['message']);
  if (message === null) return null;
  const seconds = secondsOf(object);
  const stamp = seconds === null ? '' : `[${seconds.toFixed(6).padStart(12)}] `;
  const speaker = textOf(object['SYSLOG_IDENTIFIER']);
  const pid = textOf(object['_PID'] ?? object['SYSLOG_PID']) ?? '0';
  const host = textOf(object['_HOSTNAME']) ?? 'host';
  if (speaker === null) return `${stamp}${message}`;
  return `${stamp}${host} ${speaker}${speaker === 'kernel' ? '' : `[${pid}]`}: ${message}`;
}

/** Reads one line of JSON as an entry of a log; null where it is none. */
export function entryLine(text: string): string | null {
  if (!text.startsWith('{"') || text.length > 65_536) return null;
  try {
    const value: unknown = JSON.parse(text.replace(/,\s*$/, ''));
    return entryText(value as Record<string, unknown>);
  } catch {
    return null;
  }
}

/** Gathers entries that are written over several lines, as `dmesg --json` and `journalctl -o json-pretty` do. */
export class JsonEntries {
  private object: Record<string, unknown> = {};
  private open = false;

  /** Whether the line belongs to such an entry, and the entry's text where it ends there. */
  take(text: string): { readonly entry: string | null } | null {
    if (PUNCTUATION.test(text)) return this.open || text.trim() === '{' ? this.brace(text) : null;
    const [, key, value = ''] = KEYED.exec(text) ?? [];
    if (key === undefined || !(this.open || TELLING.test(key))) return null;
    this.open = true;
    this.object[key] = literal(value);
    return { entry: null };
  }

  private brace(text: string): { readonly entry: string | null } {
    const entry = text.includes('}') ? entryText(this.object) : null;
    this.object = {};
    this.open = true;
    return { entry };
  }
}

function literal(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return null;
  }
}

/** The journal writes what is not UTF-8 as a list of bytes. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.replaceAll('\n', ' ');
  if (!Array.isArray(value)) return null;
  const bytes = value.filter((byte): byte is number => typeof byte === 'number');
  return new TextDecoder().decode(Uint8Array.from(bytes)).replaceAll('\n', ' ');
}

function secondsOf(object: Readonly<Record<string, unknown>>): number | null {
  const { time } = object;
  if (typeof time === 'number') return time;
  const micros = Number(
    textOf(object['_SOURCE_MONOTONIC_TIMESTAMP'] ?? object['__MONOTONIC_TIMESTAMP']) ?? Number.NaN,
  );
  return Number.isFinite(micros) ? micros / 1e6 : null;
}
