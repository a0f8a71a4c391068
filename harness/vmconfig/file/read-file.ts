import type { ConfigFile, ConfigLine, Held, Section, SectionKind } from './config-file.ts';
import { readLine } from './read-line.ts';
import { trimmed } from './white-space.ts';

/** Longest text, in characters, that is read as a config. */
export const MAX_CONFIG = 262_144;

type Heading = Pick<Section, 'kind' | 'name'>;

const MAIN: Heading = { kind: 'main', name: '' };

/**
 * Reads a whole VM config (`/etc/pve/qemu-server/NNN.conf`) line by line. Takes any text and never throws; a text
 * longer than `MAX_CONFIG` becomes one dropped line. Source of the grammar: qemu-server 9.2.6, PVE/QemuServer.pm,
 * parse_vm_config.
 */
export function readConfigFile(text: string): ConfigFile {
  if (text.length > MAX_CONFIG) return { sections: [sectionOf(MAIN, [tooLong(text)])] };
  const sections: { readonly heading: Heading; readonly lines: ConfigLine[] }[] = [];
  let current = { heading: MAIN, lines: [] as ConfigLine[] };
  sections.push(current);
  for (const [index, line] of text.split('\n').entries()) {
    const heading = headingOf(line);
    if (heading !== null) sections.push((current = { heading, lines: [] }));
    const holds: Held = heading === null ? readLine(line, current.heading, index + 1) : { kind: 'header' };
    current.lines.push({ number: index + 1, text: line, holds });
  }
  return { sections: withReplaced(sections.map(({ heading, lines }) => sectionOf(heading, lines))) };
}

/** The text that a config was read from, to the last byte; for an edited one, its lines as they now stand. */
export function writeConfigFile(file: ConfigFile): string {
  return file.sections.flatMap((section) => section.lines.map((line) => line.text)).join('\n');
}

/** What a line begins; null for a line that is no header. Proxmox skips a section whose name it cannot take. */
export function headingOf(line: string): Heading | null {
  // In Proxmox's order: a later pattern would take an earlier one's name too.
  const [, inside] = /^\[([^\]]*)\]$/.exec(line.startsWith('[') ? trimmed(line) : '') ?? [];
  if (inside === undefined) return null;
  if (/^pending$/i.test(inside)) return { kind: 'pending', name: inside };
  // "special" in any case, the name after it only in lower case.
  const [, special] = /^[sS][pP][eE][cC][iI][aA][lL]:(cloudinit|fleecing)$/.exec(inside) ?? [];
  if (special !== undefined) return { kind: 'special', name: special };
  return { kind: /^[a-z][a-z0-9_-]+$/i.test(inside) ? 'snapshot' : 'unknown', name: inside };
}

/** Two headers of the same identity begin the same section. Null: none does. */
function identity({ kind, name }: { readonly kind: SectionKind; readonly name: string }): string | null {
  if (kind === 'unknown') return null;
  return kind === 'pending' ? kind : `${kind} ${name}`;
}

function withReplaced(sections: readonly Section[]): readonly Section[] {
  const later = new Map<string, number>();
  return sections
    .toReversed()
    .map((section) => {
      const id = identity(section);
      if (id === null) return section;
      const replacedBy = later.get(id) ?? null;
      later.set(id, replacedBy ?? section.lines[0]?.number ?? 1);
      return { ...section, replacedBy };
    })
    .toReversed();
}

function sectionOf(heading: Heading, lines: readonly ConfigLine[]): Section {
  return { ...heading, lines, replacedBy: null };
}

function tooLong(text: string): ConfigLine {
  const message = `the config is ${text.length} characters long; at most ${MAX_CONFIG} are read`;
  return {
    number: 1,
    text,
    holds: { kind: 'dropped', problem: { key: null, column: 1, message, hint: null } },
  };
}
