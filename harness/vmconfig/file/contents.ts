import type { ConfigEntry } from '../entry.ts';
import type { ConfigFile, Section } from './config-file.ts';
import { readDescription } from './description.ts';

/** What Proxmox keeps of a section. */
export interface Contents {
  /** Decoded; null where there is none. In the pending section an empty one stands for "to be emptied". */
  readonly description: string | null;
  /** By key, each once: the last that Proxmox takes. `cdrom` stands under its name of today, `ide2`. */
  readonly entries: ReadonlyMap<string, ConfigEntry>;
}

const NOTHING: Contents = { description: null, entries: new Map() };

/** What Proxmox keeps of a section's lines. Source: qemu-server PVE/QemuServer.pm, parse_vm_config. */
export function contentsOf(section: Section): Contents {
  const entries = new Map<string, ConfigEntry>();
  for (const { holds } of section.lines) {
    if (holds.kind === 'entry' && holds.refusal === null)
      entries.set(keptAs(holds.entry.key, section), holds.entry);
  }
  const parts = section.lines.flatMap(({ holds }) =>
    holds.kind === 'description' ? [{ encoded: holds.encoded, endsLine: holds.entry === null }] : [],
  );
  return { description: readDescription(parts), entries };
}

/** The key that Proxmox keeps a value under. */
export function keptAs(key: string, { kind }: Pick<Section, 'kind'>): string {
  return key === 'cdrom' && kind !== 'special' ? 'ide2' : key;
}

export function mainOf(file: ConfigFile): Contents {
  return contentsOf(mainSection(file));
}

/** What waits for the VM to be stopped; nothing where no section says so. */
export function pendingOf(file: ConfigFile): Contents {
  const section = sectionsOf(file, 'pending')[0];
  return section === undefined ? NOTHING : contentsOf(section);
}

/** The main section, which every config has. */
export function mainSection(file: ConfigFile): Section {
  return file.sections[0] ?? { kind: 'main', name: '', lines: [], replacedBy: null };
}

/** The sections of a kind that Proxmox keeps, sorted as it writes them. */
export function sectionsOf(file: ConfigFile, kind: Section['kind']): readonly Section[] {
  return file.sections
    .filter((section) => section.kind === kind && section.replacedBy === null)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The section in force by its name: null for the main one, `pending` in any case, or a snapshot's; null: none. */
export function sectionNamed(file: ConfigFile, name: string | null): Section | null {
  if (name === null) return mainSection(file);
  const kind = name.toLowerCase() === 'pending' ? 'pending' : 'snapshot';
  return sectionsOf(file, kind).find((section) => kind === 'pending' || section.name === name) ?? null;
}
