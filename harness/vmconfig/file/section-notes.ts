import type { ConfigProblem } from '../entry.ts';
import { classOfKey } from '../keys.ts';
import { quote } from '../quote.ts';
import type { ConfigFile, Section } from './config-file.ts';
import { sectionsOf } from './contents.ts';
import { pendingChanges, type PendingChange } from './pending.ts';

const MAX_NAMED = 8;

/**
 * What a reader of the main section alone should know of the others, none of which is in force: each pending change of
 * a key under test, the other ones in a line, the snapshots, and the sections that Proxmox skips.
 */
export function sectionNotes(file: ConfigFile): readonly ConfigProblem[] {
  const changes = pendingChanges(file);
  const tested = changes.filter(({ key }) => classOfKey(key) === 'under-test');
  const others = changes.filter((change) => !tested.includes(change));
  return [...tested.map(pendingNote), ...othersNote(others), ...snapshotsNote(file), ...unknownNotes(file)];
}

function pendingNote({ key, from, to, line }: PendingChange): ConfigProblem {
  const now = from === null ? 'not set' : quote(from);
  const then = to === null ? 'removed' : quote(to);
  const hint = 'what counts here is the value in force; to test the other one, write it in its place';
  const message = `${key} is ${now} until the VM is stopped, then ${then}: pending`;
  return { line, column: 1, key, message, hint };
}

function othersNote(changes: readonly PendingChange[]): ConfigProblem[] {
  const [first] = changes;
  return first === undefined
    ? []
    : [note(first.line, `also pending: ${named(changes.map(({ key }) => key))}`)];
}

function snapshotsNote(file: ConfigFile): ConfigProblem[] {
  const snapshots = sectionsOf(file, 'snapshot');
  const first = snapshots.reduce((line, section) => Math.min(line, headerLine(section)), Infinity);
  if (snapshots.length === 0) return [];
  return [note(first, `snapshots, not looked at: ${named(snapshots.map(({ name }) => name))}`)];
}

function unknownNotes(file: ConfigFile): ConfigProblem[] {
  return sectionsOf(file, 'unknown').map((section) =>
    note(headerLine(section), `Proxmox skips the section ${quote(section.name)}`),
  );
}

function headerLine({ lines: [header] }: Section): number {
  return header?.number ?? 1;
}

function note(line: number, message: string): ConfigProblem {
  return { line, column: 1, key: null, message, hint: null };
}

function named(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  const shown = names.slice(0, MAX_NAMED).map((name) => quote(name).slice(1, -1));
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
