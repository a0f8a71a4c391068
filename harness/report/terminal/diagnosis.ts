import type { Diagnosis, InputSeen } from '../../diagnosis/diagnosis.ts';
import type { Finding, Severity } from '../../diagnosis/finding.ts';
import { PART_KINDS } from '../../diagnosis/part.ts';
import type { Quote } from '../../diagnosis/quote.ts';
import { printable, printableLines } from '../../text/printable.ts';
import { indented } from './finding.ts';
import { isCommand } from './fix-step.ts';
import { paint, paintSeverity, paintVerdict, verdictMark, type TerminalOptions } from './paint.ts';
import { wrap } from './width.ts';

const EVIDENCE_SHOWN = 6;
const NOT_UNDERSTOOD_SHOWN = 10;

/** Headings of the answer, in its order: the cause first, then what is not the cause. */
const GROUPS: readonly { readonly heading: string; readonly severities: readonly Severity[] }[] = [
  { heading: 'Cause', severities: ['cause'] },
  { heading: 'Part of it, or a sign of it', severities: ['contributing'] },
  { heading: 'Also wrong, but not the cause', severities: ['warning'] },
  { heading: 'Good to know', severities: ['info'] },
  { heading: 'Looks frightening and is harmless', severities: ['harmless'] },
];

/** What lint finds: the same findings, without an answer around them. */
export function renderLint(findings: readonly Finding[], options: TerminalOptions): string {
  if (findings.length === 0) return 'Nothing is wrong that is known here.\n';
  return `${findings.flatMap((finding) => findingLines(finding, options)).join('\n')}\n`;
}

/** A diagnosis as a person reads it on a terminal. */
export function renderDiagnosis(diagnosis: Diagnosis, options: TerminalOptions): string {
  const { findings, collect, notUnderstood } = diagnosis;
  const groups = GROUPS.flatMap(({ heading, severities }) => {
    const own = findings.filter(({ severity }) => severities.includes(severity));
    return own.length === 0
      ? []
      : [
          '',
          paint(options.colour, 'bold', heading),
          ...own.flatMap((finding) => findingLines(finding, options)),
        ];
  });
  const lines = [
    ...headline(diagnosis, options),
    ...groups,
    ...(collect.length === 0
      ? []
      : [
          '',
          paint(options.colour, 'bold', 'What would settle it'),
          ...collect.flatMap((what) => indented(`- ${printable(what)}`, 2, options)),
        ]),
    '',
    paint(options.colour, 'bold', 'Read'),
    ...diagnosis.inputs.flatMap((input) => inputLines(input, options)),
    ...notUnderstoodLines(notUnderstood, options),
  ];
  return `${lines.join('\n')}\n`;
}

function headline({ verdict, findings }: Diagnosis, { colour, columns }: TerminalOptions): readonly string[] {
  const [first] = findings;
  const words = { pass: 'works', fail: 'does not work', inconclusive: 'not decided' }[verdict];
  const title = first === undefined ? '' : `: ${printable(first.title)}`;
  const [head = '', ...rest] = wrap(`${words}${title}`, columns - 2);
  return [
    `${verdictMark(colour, verdict)}${paintVerdict(colour, verdict, head)}`,
    ...rest.map((line) => `  ${line}`),
  ];
}

function findingLines(finding: Finding, options: TerminalOptions): readonly string[] {
  const { colour, columns } = options;
  const more = finding.evidence.length - EVIDENCE_SHOWN;
  const title = wrap(`${finding.title} (${finding.id})`, columns - 4);
  return [
    ...title.map((line, index) => `${index === 0 ? '  ' : '    '}${paint(colour, 'bold', printable(line))}`),
    ...meaningLines(finding, options),
    ...finding.evidence.slice(0, EVIDENCE_SHOWN).flatMap((quote) => quoteLines(quote, options)),
    ...(more > 0 ? [`    and ${more} more lines`] : []),
    ...fixLines(finding, options),
  ];
}

/** Wrapped before it is painted: the codes of a colour take no columns. */
function meaningLines(
  { severity, confidence, detail }: Finding,
  options: TerminalOptions,
): readonly string[] {
  const lines = indented(`${severity}, ${confidence}: ${printable(detail, 1500)}`, 4, options);
  const painted = paintSeverity(options.colour, severity);
  return lines.map((line, index) => (index === 0 ? line.replace(severity, () => painted) : line));
}

function quoteLines({ input, line, text }: Quote, options: TerminalOptions): readonly string[] {
  const where = line === 0 ? printable(input, 60) : `${printable(input, 60)}:${line}`;
  return indented(`| ${where}: ${printable(text.trim(), 300)}`, 4, options);
}

function fixLines({ fix, severity }: Finding, options: TerminalOptions): readonly string[] {
  if (fix === null || severity === 'harmless') return [];
  const block = (text: string): readonly string[] =>
    printableLines(text, 80, 1_000).map((line) => `        ${line}`);
  return [
    ...indented(`Fix: ${printable(fix.why)} (${printable(fix.source)})`, 4, options),
    ...(fix.diff === null ? [] : block(fix.diff.trimEnd())),
    ...fix.paste.flatMap(({ where, text }) => [
      ...indented(`${printable(where)}:`, 6, options),
      ...block(text),
    ]),
    ...fix.steps.flatMap(({ where, text }) => [
      `      ${WHERE[where]}:`,
      ...(isCommand(text) ? block(text) : indented(printable(text, 1_000), 8, options)),
    ]),
  ];
}

const WHERE = { host: 'on the host', guest: 'in the guest', bios: 'in the BIOS', vm: 'in the VM' } as const;

function inputLines(
  { input, parts, lines, problem }: InputSeen,
  options: TerminalOptions,
): readonly string[] {
  const kinds = [...new Set(parts.map(({ kind }) => PART_KINDS[kind]))].join(', ');
  const size = lines === 0 ? '' : ` (${lines} lines)`;
  return indented(
    `${printable(input, 100)}${size}: ${kinds === '' ? 'nothing' : kinds}${problem === null ? '' : `; ${printable(problem)}`}`,
    2,
    options,
  );
}

function notUnderstoodLines(quotes: readonly Quote[], options: TerminalOptions): readonly string[] {
  if (quotes.length === 0) return [];
  const more = quotes.length - NOT_UNDERSTOOD_SHOWN;
  return [
    '',
    paint(options.colour, 'bold', 'Not understood'),
    ...quotes.slice(0, NOT_UNDERSTOOD_SHOWN).flatMap((quote) => quoteLines(quote, options)),
    ...(more > 0 ? [`    and ${more} more lines`] : []),
  ];
}
