import type { ConfigEntry } from '../entry.ts';
import type { ConfigFile, Section } from './config-file.ts';
import { contentsOf, mainSection, sectionsOf } from './contents.ts';
import { writeDescription } from './description.ts';
import { readLine } from './read-line.ts';
import { settingValue } from './settings.ts';

/**
 * The config as Proxmox writes it: description as `#` lines, keys sorted, sections in the order main, pending, special,
 * snapshots. Whatever `lossesOf` names is not in it; all else that Proxmox reads stays. Values of property lists are
 * left as they stand, and so are `smp`, `unusedN` and cloud-init's notes, which Proxmox takes out at its next write.
 * Source: qemu-server 9.2.6, PVE/QemuServer.pm, write_vm_config.
 */
export function canonicalConfig(file: ConfigFile): string {
  const pending = sectionsOf(file, 'pending').map((section) => sectionText(section));
  return [
    sectionText(mainSection(file)),
    ...pending.filter((text) => text !== '').map((text) => `\n[PENDING]\n${text}`),
    ...sectionsOf(file, 'special').map((section) => `\n[special:${section.name}]\n${sectionText(section)}`),
    ...sectionsOf(file, 'snapshot').map((section) => `\n[${section.name}]\n${sectionText(section)}`),
  ].join('');
}

function sectionText(section: Section): string {
  const { description, entries } = contentsOf(section);
  const emptied = description === '' && section.kind === 'pending' ? ['#'] : [];
  const lines = [...entries].map(([key, entry]) => `${key}: ${canonicalValue(key, entry, section)}`);
  return [...emptied, ...writeDescription(description ?? ''), ...lines.sort(byKey)]
    .map((line) => `${line}\n`)
    .join('');
}

/** The value as Proxmox spells it, unless that would be read as something else: quotes may hide what must stay. */
function canonicalValue(key: string, { value }: ConfigEntry, section: Section): string {
  const spelled = section.kind === 'special' ? value : settingValue(key, value);
  const again = readLine(`${key}: ${spelled}`, section, 0);
  const stays = again.kind === 'entry' && again.refusal === null && again.entry.value === spelled;
  return stays && (section.kind === 'special' || settingValue(key, spelled) === spelled) ? spelled : value;
}

// By the key alone, as Perl sorts: with its colon, "ide2:" would come after "ide20:".
function byKey(a: string, b: string): number {
  const [left, right] = [a.slice(0, a.indexOf(':')), b.slice(0, b.indexOf(':'))];
  return left < right ? -1 : left > right ? 1 : 0;
}
