import type { ConfigEntry, ConfigProblem } from './entry.ts';
import type { Held } from './file/config-file.ts';
import { mainSection } from './file/contents.ts';
import { sectionNotes } from './file/section-notes.ts';
import { readConfigFile } from './file/read-file.ts';
import { quote } from './quote.ts';

/** The main section of a Proxmox VM config, as Proxmox would take it: what is in force. */
export interface VmConfig {
  /** In the order of the text: of a key that stands twice only the last. */
  readonly entries: readonly ConfigEntry[];
  /** What Proxmox would drop or what cannot be meant. */
  readonly problems: readonly ConfigProblem[];
  /** Worth telling, no error: what the other sections hold, which is not in force. */
  readonly notes: readonly ConfigProblem[];
}

const MAX_LINE = 16_384;
const MAX_PROBLEMS = 100;
const CONTROL = /[\0-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]/;

/**
 * Reads what is in force of a VM config (`/etc/pve/qemu-server/NNN.conf`, or what `qm config --current` prints) for use
 * on a host: values without control characters, bounded. Keys that Proxmox does not know are entries too. Takes any
 * text and never throws. `readConfigFile` reads the whole.
 */
export function parseVmConfig(text: string): VmConfig {
  const file = readConfigFile(text);
  const entries = new Map<string, ConfigEntry>();
  const problems: ConfigProblem[] = [];
  for (const { holds, number, text: line } of mainSection(file).lines) {
    const read = readHeld(holds, number, line);
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
  return {
    entries: [...entries.values()],
    problems: problems.slice(0, MAX_PROBLEMS),
    notes: sectionNotes(file).slice(0, MAX_PROBLEMS),
  };
}

/** The value in force for a key; null where the config does not have it. */
export function valueOf(config: VmConfig, key: string): string | null {
  return config.entries.find((entry) => entry.key === key)?.value ?? null;
}

function readHeld(holds: Held, line: number, text: string): ConfigEntry | ConfigProblem | null {
  if (holds.kind === 'dropped') return { line, ...holds.problem };
  if (holds.kind === 'blank' || holds.kind === 'header' || holds.entry === null) return null;
  if (text.length > MAX_LINE) {
    return at(
      line,
      1,
      null,
      `the line is ${text.length} characters long; at most ${MAX_LINE} are read`,
      null,
    );
  }
  const { key, value, column } = holds.entry;
  if (value.trim() === '') return at(line, column, key, `${key} has no value`, 'remove the line or give one');
  const control = value.search(CONTROL);
  if (control < 0) return holds.entry;
  return at(line, column + control, key, `control character in ${quote(value)}`, 'remove it');
}

function duplicate({ line, key }: ConfigEntry, earlier: ConfigEntry): ConfigProblem {
  const message = `${key} stands twice, first in line ${earlier.line}; Proxmox takes the last`;
  return at(line, 1, key, message, 'keep one');
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
