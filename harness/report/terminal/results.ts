import type { Result } from '../../judge/result.ts';
import { VERDICTS } from '../../trace/words.ts';
import { printable } from '../../text/printable.ts';
import { findingLines, indented } from './finding.ts';
import { paint, paintVerdict, verdictMark, type TerminalOptions } from './paint.ts';
import { fit, pad, wrap } from './width.ts';

// Columns of the fixed part: verdict, as expected, class, each with two spaces behind it.
const VERDICT = 12;
const EXPECTED = 8;
const CLASS = 9;
const FIXED = VERDICT + EXPECTED + CLASS + 6;
/** Below this a table of columns cannot be read; each cell is a small block then. */
const NARROW = 64;

/** The verdict table, what is wrong with each unexpected or failing cell below it, and one line that sums up. */
export function renderResults(results: readonly Result[], options: TerminalOptions): string {
  const troubled = results.filter((result) => result.asExpected === false || result.verdict === 'fail');
  const lines = [
    ...(options.columns < NARROW ? narrowTable(results, options) : table(results, options)),
    ...troubles(troubled, options),
    '',
    ...wrap(summary(results), options.columns),
  ];
  return `${lines.join('\n')}\n`;
}

function table(results: readonly Result[], options: TerminalOptions): readonly string[] {
  const { colour } = options;
  const mark = colour ? 2 : 0;
  const room = options.columns - FIXED - mark;
  const heads = `${pad('verdict', VERDICT + mark)}  ${pad('expected', EXPECTED)}  ${pad('class', CLASS)}  cell`;
  const rows = results.flatMap((result) => {
    const first = [
      verdictMark(colour, result.verdict) +
        paintVerdict(colour, result.verdict, pad(result.verdict, VERDICT)),
      expected(result, colour),
      pad(result.evidenceClass, CLASS),
    ].join('  ');
    const [cell = '', ...more] = wrap(printable(result.cell, 200), room);
    const found = wrap(firstFinding(result), room).filter(Boolean);
    const under = [...more, ...found.map((line) => paint(colour, 'dim', line))];
    return [`${first}  ${cell}`, ...under.map((line) => ' '.repeat(FIXED + mark) + line)];
  });
  return [paint(colour, 'dim', fit(heads, options.columns)), ...rows].map((line) => line.trimEnd());
}

function narrowTable(results: readonly Result[], options: TerminalOptions): readonly string[] {
  return results.flatMap((result) => [
    ...wrap(printable(result.cell, 200), options.columns),
    `  ${verdictMark(options.colour, result.verdict)}${paintVerdict(options.colour, result.verdict)}`,
    ...indented(`${expectedWords(result)}, ${result.evidenceClass}`, 2, options),
    ...(firstFinding(result) === '' ? [] : indented(firstFinding(result), 2, options)),
  ]);
}

function expected({ asExpected }: Result, colour: boolean): string {
  if (asExpected === null) return pad('-', EXPECTED);
  return asExpected ? pad('yes', EXPECTED) : paint(colour, 'bold', pad('NO', EXPECTED));
}

/** Whether the verdict is what the scenario expects, in words. */
export function expectedWords({ asExpected, expect }: Result): string {
  if (asExpected === null) return 'nothing was expected';
  if (asExpected) return 'as expected';
  return expect === null
    ? 'not as expected'
    : `NOT as expected (${[expect.verdict, expect.finding].filter(Boolean).join(', ')})`;
}

function firstFinding({ by, findings }: Result): string {
  const said = by === 'statement' ? 'by statement; ' : '';
  const [first] = findings;
  if (first === undefined) return said.replace('; ', '');
  return `${said}${printable(first.id, 80)}: ${printable(first.title)}`;
}

/** What is wrong with each cell that is unexpected or fails; a fix that was printed for one is not printed again. */
function troubles(results: readonly Result[], options: TerminalOptions): readonly string[] {
  const inside = { ...options, columns: options.columns - 2 };
  const explained = new Set<string>();
  return results.flatMap((result) => {
    const head = `${result.verdict}, ${printable(expectedWords(result))}: ${printable(result.cell, 200)}`;
    const [first] = result.findings;
    const lines =
      first === undefined ? ['No finding explains this verdict.'] : findingLines(first, inside, explained);
    return [
      '',
      ...wrap(head, options.columns).map((line) => paintVerdict(options.colour, result.verdict, line)),
      ...lines.map((line) => `  ${line}`),
    ];
  });
}

function summary(results: readonly Result[]): string {
  const counts = VERDICTS.map((verdict) => [verdict, count(results, (r) => r.verdict === verdict)] as const);
  const verdicts = counts.filter(([, n]) => n > 0).map(([verdict, n]) => `${n} ${verdict}`);
  const unexpected = count(results, (result) => result.asExpected === false);
  const all = `${results.length} ${results.length === 1 ? 'run' : 'runs'}`;
  return `${[all, ...verdicts].join(', ').replace(', ', ': ')}. ${unexpected === 0 ? 'No verdict was unexpected' : `${unexpected} not as expected`}.`;
}

const count = (results: readonly Result[], wanted: (result: Result) => boolean): number =>
  results.filter(wanted).length;
