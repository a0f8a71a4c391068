/**
 * Takes identities out of what is about to be recorded, before it is digested.
 *
 * Every replacement keeps the length of what it replaces, so that an answer which states its own length stays
 * readable, and is stable within one trace, so that "the same MAC again" can still be seen. What is found:
 * MAC addresses, UUIDs, private IPv4 addresses, and the names it was given (host name, user name, home).
 * Public addresses are left: they look like driver versions, and none is printed by what we record.
 */
export interface Redactor {
  text(text: string): string;
  /** Redacts every string inside plain data. */
  data(value: unknown): unknown;
}

const MAC = /(?<![0-9a-f:])[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?![0-9a-f:])/gi;
const UUID = /(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])/gi;
const PRIVATE_IPV4 =
  /(?<![\d.])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\d.])/g;
/** Words too common to be anybody's name. */
const COMMON = new Set(['root', 'admin', 'user', 'runner', 'node', 'host', 'localhost', 'debian', 'pve']);

export function createRedactor(names: readonly string[] = []): Redactor {
  const seen = new Map<string, number>();
  const nth = (kind: string, value: string): number => {
    const key = `${kind} ${value.toLowerCase()}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const next = [...seen.keys()].filter((other) => other.startsWith(`${kind} `)).length + 1;
    seen.set(key, next);
    return next;
  };
  const hidden = names.filter((name) => name.length >= 3 && !COMMON.has(name.toLowerCase()));
  const namePattern =
    hidden.length === 0 ? null : new RegExp(`(?<![\\w-])(?:${hidden.map(escape).join('|')})(?![\\w-])`, 'gi');

  const text = (input: string): string => {
    let out = input
      .replace(UUID, (uuid) => `00000000-0000-4000-8000-${String(nth('uuid', uuid)).padStart(12, '0')}`)
      .replace(MAC, (mac) => `02:00:00:00:00:${(nth('mac', mac) % 256).toString(16).padStart(2, '0')}`)
      .replace(PRIVATE_IPV4, (address) => address.replace(/\d/g, '0'));
    if (namePattern !== null) out = out.replace(namePattern, (name) => 'x'.repeat(name.length));
    return out;
  };
  const data = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(data);
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, data(inner)]));
    }
    return value;
  };
  return { text, data };
}

function escape(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
