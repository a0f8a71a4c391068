import type { Change, Evidence, Finding } from '../../judge/result.ts';
import { printable, printableLines } from '../../text/printable.ts';
import { paint, paintSeverity, type TerminalOptions } from './paint.ts';
import { wrap } from './width.ts';

const EVIDENCE_SHOWN = 8;

/**
 * One finding as lines: what it is, its quoted evidence, the fix in its two parts, what would settle it.
 * `explained` remembers what was said of a finding with the same words, so that a list says it once.
 */
export function findingLines(
  finding: Finding,
  options: TerminalOptions,
  explained?: Set<string>,
): readonly string[] {
  const { colour } = options;
  const words = JSON.stringify([finding.id, finding.detail, finding.fix, finding.collect]);
  const again = explained?.has(words) === true;
  explained?.add(words);
  const label = `${paintSeverity(colour, finding.severity)}, ${finding.confidence}: `;
  const title = wrap(`${printable(finding.id, 80)}: ${printable(finding.title)}`, options.columns);
  const more = finding.evidence.length - EVIDENCE_SHOWN;
  return [
    ...title.map((line) => paint(colour, 'bold', line)),
    ...indented(
      `${label}${again ? 'explained above, with the fix' : printable(finding.detail, 1000)}`,
      2,
      options,
    ),
    ...finding.evidence.slice(0, EVIDENCE_SHOWN).flatMap((evidence) => evidenceLines(evidence, options)),
    ...(more > 0 ? [`  and ${more} more lines of evidence`] : []),
    ...(again ? [] : [...fixLines(finding, options), ...collectLines(finding, options)]),
  ];
}

function collectLines({ collect }: Finding, options: TerminalOptions): readonly string[] {
  if (collect.length === 0) return [];
  const lines = collect.flatMap((what) => indented(`- ${printable(what)}`, 4, options));
  return ['  What would settle it:', ...lines];
}

function evidenceLines(evidence: Evidence, options: TerminalOptions): readonly string[] {
  const where = evidence.n === null ? '' : ` #${evidence.n}`;
  return indented(`| ${printable(evidence.source, 40)}${where}: ${printable(evidence.text)}`, 4, options);
}

function fixLines({ fix }: Finding, options: TerminalOptions): readonly string[] {
  if (fix === null) return [];
  const part = (
    label: string,
    changes: readonly Change[],
    pasteLabel: string,
    paste: string | undefined,
  ): readonly string[] =>
    changes.length === 0
      ? []
      : [
          ...indented(label, 2, options),
          ...changes.flatMap((change) => changeLines(change, options)),
          ...pasteLines(pasteLabel, paste),
        ];
  return [
    ...part(
      'Fix, supported by known facts:',
      fix.supported,
      'To paste into the VM config:',
      fix.paste?.supported,
    ),
    ...part(
      'Also seen in a working config, not shown to be needed:',
      fix.alsoSeen,
      'To paste, with these as well:',
      fix.paste?.both,
    ),
  ];
}

function changeLines(change: Change, options: TerminalOptions): readonly string[] {
  const why = `(${printable(change.why)}; ${printable(change.source)})`;
  return [
    ...indented(`- ${printable(change.text)}`, 4, options),
    ...indented(why, 6, options).map((line) => paint(options.colour, 'dim', line)),
  ];
}

/** The lines of the VM config with all of it, on lines of their own and never wrapped. */
function pasteLines(label: string, paste: string | undefined): readonly string[] {
  if (paste === undefined || paste === '') return [];
  return [`    ${label}`, ...printableLines(paste).map((line) => `      ${line}`)];
}

/** The text wrapped to the terminal behind `indent` spaces; further lines stand two deeper. */
export function indented(text: string, indent: number, options: TerminalOptions): readonly string[] {
  const lines = wrap(text, options.columns - indent - 2);
  return lines.map((line, index) => ' '.repeat(index === 0 ? indent : indent + 2) + line);
}
