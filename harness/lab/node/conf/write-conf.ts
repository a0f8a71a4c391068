import type { Conf, Section } from './conf.ts';
import { encodeDescription } from './description.ts';

/** The text of a config, sections and keys in Proxmox's order (QemuServer.pm, write_vm_config). */
export function writeConf({ main, pending, snapshots }: Conf): string {
  const waiting = new Map(pending.entries);
  if (pending.deleted.length > 0) waiting.set('delete', pending.deleted.join(','));
  const sections = [
    text(main),
    ...(waiting.size === 0 ? [] : [`[PENDING]\n${text({ description: null, entries: waiting })}`]),
    ...[...snapshots]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, section]) => `[${name}]\n${text(section)}`),
  ];
  return sections.join('\n');
}

function text({ description, entries }: Section): string {
  const notes =
    description === null ? [] : description.split('\n').map((line) => `#${encodeDescription(line)}`);
  return [...notes, ...sortedLines(entries)].map((line) => `${line}\n`).join('');
}

export function sortedLines(entries: ReadonlyMap<string, string>): readonly string[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}: ${value}`);
}
