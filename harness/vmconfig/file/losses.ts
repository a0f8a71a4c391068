import type { ConfigProblem } from '../entry.ts';
import { keptAs } from './contents.ts';
import type { ConfigFile, ConfigLine, Section } from './config-file.ts';
import { isUtf8 } from './description.ts';

/**
 * What of a text Proxmox would not keep if it read and wrote it, in order of the lines: what it drops, what a later
 * line or section replaces, and what of a description is no text. Empty: nothing is lost.
 */
export function lossesOf(file: ConfigFile): readonly ConfigProblem[] {
  return file.sections.flatMap(sectionLosses);
}

function sectionLosses(section: Section): readonly ConfigProblem[] {
  if (section.replacedBy !== null) {
    const message = `the section begins again in line ${section.replacedBy}; Proxmox takes the last`;
    return section.lines
      .filter(({ holds }) => holds.kind !== 'blank')
      .map((line) => lossAt(line, null, message, 'keep one of them'));
  }
  const last = lastLines(section);
  return section.lines.flatMap((line) => {
    const { holds, number } = line;
    switch (holds.kind) {
      case 'blank':
      case 'header':
        return [];
      case 'dropped':
        return [{ line: number, ...holds.problem }];
      case 'description': {
        const message = 'the description is not UTF-8, and Proxmox shows replacement characters for it';
        return isUtf8(holds.encoded) ? [] : [lossAt(line, 'description', message, null)];
      }
      case 'entry': {
        const { entry, refusal } = holds;
        if (refusal !== null) return [{ ...lossAt(line, entry.key, refusal, null), column: entry.column }];
        const kept = last.get(keptAs(entry.key, section)) ?? number;
        const message = `${entry.key} stands again in line ${kept}; Proxmox takes the last`;
        return kept === number ? [] : [lossAt(line, entry.key, message, 'keep one of them')];
      }
    }
  });
}

/** In which line the value stands that Proxmox keeps of each key. */
function lastLines(section: Section): ReadonlyMap<string, number> {
  return new Map(
    section.lines.flatMap(({ holds, number }): [string, number][] =>
      holds.kind === 'entry' && holds.refusal === null ? [[keptAs(holds.entry.key, section), number]] : [],
    ),
  );
}

function lossAt(
  { number }: ConfigLine,
  key: string | null,
  message: string,
  hint: string | null,
): ConfigProblem {
  return { line: number, column: 1, key, message, hint };
}
