import type { Conf, Section } from './conf.ts';
import { decodeDescription } from './description.ts';

interface Reading {
  readonly lines: string[];
  readonly entries: Map<string, string>;
  readonly deleted: string[];
}

/**
 * Reads a config as Proxmox does: what it does not know it passes over. Source: qemu-server 9.2.6
 * src/PVE/QemuServer.pm, parse_vm_config.
 */
export function readConf(text: string): Conf {
  const main = reading();
  const pending = reading();
  const snapshots = new Map<string, Reading>();
  let section: Reading | null = main;
  for (const line of text.split('\n')) {
    const header = /^\[(.+)\]\s*$/.exec(line)?.[1];
    if (header === undefined) {
      if (section !== null) readLine(line, section, section === pending);
    } else if (/^pending$/i.test(header)) {
      section = pending;
    } else if (/^[a-z][a-z0-9_-]+$/i.test(header)) {
      section = reading();
      snapshots.set(header, section);
    } else section = null;
  }
  return {
    main: toSection(main),
    pending: { entries: pending.entries, deleted: pending.deleted },
    snapshots: new Map([...snapshots].map(([name, each]) => [name, toSection(each)])),
  };
}

function reading(): Reading {
  return { lines: [], entries: new Map(), deleted: [] };
}

function readLine(line: string, section: Reading, pending: boolean): void {
  const note = /^#(.*)$/.exec(line)?.[1];
  if (note !== undefined) {
    section.lines.push(note);
    return;
  }
  const [, key = '', value = ''] = /^([a-z][a-z_-]*\d*):\s*(.+?)\s*$/.exec(line) ?? [];
  if (key === 'delete' && pending)
    section.deleted.push(...value.split(/[,;\s]+/).filter((each) => each !== ''));
  else if (key === 'description') section.lines.push(...decodeDescription(value).split('\n'));
  else if (key !== '') section.entries.set(key, value);
}

function toSection({ lines, entries }: Reading): Section {
  return { description: lines.length === 0 ? null : decodeDescription(lines.join('\n')), entries };
}
