import { quote } from './quote.ts';

/** The main section of a Proxmox VM config, as Proxmox would take it. */
export interface VmConfig {
  /** What is in force, in the order of the text: of a key that stands twice only the last. */
  readonly entries: readonly ConfigEntry[];
  /** What Proxmox would drop or what cannot be meant. */
  readonly problems: readonly ConfigProblem[];
  /** Worth telling, no error: sections that are not read. */
  readonly notes: readonly ConfigProblem[];
}

export interface ConfigEntry {
  readonly key: string;
  /** Without the white space around it. */
  readonly value: string;
  /** Counted from 1 in the text. */
  readonly line: number;
  /** Of the value's first character, counted from 1. */
  readonly column: number;
}

export interface ConfigProblem {
  readonly line: number;
  readonly column: number;
  readonly key: string | null;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string | null;
}

const MAX_TEXT = 262_144;
const MAX_LINE = 16_384;
const MAX_PROBLEMS = 100;

// Proxmox reads bytes, so only ASCII white space counts as space (qemu-server PVE/QemuServer.pm, parse_vm_config).
const SECTION = /^\[[^\]]*\][ \t]*$/;
const ENTRY = /^([a-z][a-z_-]*\d*):[ \t]*(.*)$/;
// Not anchored in qemu-server either: a line that merely ends so is taken for a snapshot's state.
const SNAPSTATE = /snapstate:[ \t]*(?:prepare|delete)[ \t]*$/;
const CONTROL = /[\0-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]/;

/**
 * Reads the main section of a VM config (`/etc/pve/qemu-server/NNN.conf`, or what `qm config` prints).
 * Takes any text and never throws. Source of the grammar: qemu-server 9.2.6, PVE/QemuServer.pm, parse_vm_config.
 */
export function parseVmConfig(text: string): VmConfig {
  if (text.length > MAX_TEXT) {
    return { entries: [], problems: [tooLong(1, 'the config', text.length, MAX_TEXT)], notes: [] };
  }
  const entries = new Map<string, ConfigEntry>();
  const problems: ConfigProblem[] = [];
  const notes: ConfigProblem[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const number = index + 1;
    const line = raw.replace(/[ \t\r]+$/, '');
    if (SECTION.test(line)) {
      notes.push(at(number, 1, null, 'sections after the main one are not read yet', null));
      break;
    }
    const read = readLine(line, number);
    if (read === null) continue;
    if ('message' in read) {
      problems.push(read);
      continue;
    }
    const earlier = entries.get(read.key);
    if (earlier !== undefined) problems.push(duplicate(read, earlier));
    entries.delete(read.key);
    entries.set(read.key, read);
  }
  return { entries: [...entries.values()], problems: problems.slice(0, MAX_PROBLEMS), notes };
}

/** The value in force for a key; null where the config does not have it. */
export function valueOf(config: VmConfig, key: string): string | null {
  return config.entries.find((entry) => entry.key === key)?.value ?? null;
}

/** A problem inside an entry's value; `offset` is counted in characters from the value's start. */
export function problemIn(
  entry: ConfigEntry,
  message: string,
  hint: string | null = null,
  offset = 0,
): ConfigProblem {
  return at(entry.line, entry.column + offset, entry.key, message, hint);
}

function readLine(line: string, number: number): ConfigEntry | ConfigProblem | null {
  if (line === '' || line.startsWith('#')) return null;
  if (line.length > MAX_LINE) return tooLong(number, 'the line', line.length, MAX_LINE);
  const control = line.search(CONTROL);
  if (control >= 0) {
    return at(number, control + 1, null, `control character in ${quote(line)}`, 'remove it');
  }
  const [, key, value] = ENTRY.exec(line) ?? [];
  if (key === undefined || value === undefined) {
    return at(number, 1, null, `not a config line: ${quote(line)}`, 'expected "key: value"');
  }
  if (key !== 'description' && SNAPSTATE.test(line)) {
    return at(number, 1, key, 'Proxmox takes a line that ends so for a snapshot state and drops it', null);
  }
  if (key === 'delete') {
    return at(number, 1, key, 'Proxmox knows "delete" only in the section [PENDING]', 'remove the line');
  }
  const column = line.length - value.length + 1;
  if (value === '') return at(number, column, key, `${key} has no value`, 'remove the line or give one');
  return { key, value, line: number, column };
}

function duplicate(entry: ConfigEntry, earlier: ConfigEntry): ConfigProblem {
  return at(
    entry.line,
    1,
    entry.key,
    `${entry.key} stands twice, first in line ${earlier.line}; Proxmox takes the last`,
    'keep one',
  );
}

function tooLong(line: number, what: string, length: number, limit: number): ConfigProblem {
  return at(line, 1, null, `${what} is ${length} characters long; at most ${limit} are read`, null);
}

function at(
  line: number,
  column: number,
  key: string | null,
  message: string,
  hint: string | null,
): ConfigProblem {
  return { line, column, key, message, hint };
}
