import type { CellPreview } from '../run/preview.ts';
import type { Loaded } from '../scenario/load.ts';
import type { SourceProblem } from '../scenario/problem.ts';
import { printable } from '../text/printable.ts';
import { renderProblem } from '../scenario/render-problem.ts';
import { EXIT, type ExitCode } from './exit-code.ts';

/** What `check` found, as `--json` prints it. */
export interface CheckDocument {
  readonly cells: readonly CheckedCell[];
  readonly problems: readonly SourceProblem[];
  readonly notes: readonly SourceProblem[];
}

interface CheckedCell {
  readonly id: string;
  readonly file: string;
  readonly name: string;
  readonly axes: Readonly<Record<string, string>>;
  readonly host: string;
  readonly guest: string;
  readonly rom: string;
  readonly fault: string | null;
  readonly config: string;
  /** Lines of args that are there because the host's owner allows them, and where. */
  readonly allowed: readonly { readonly text: string; readonly where: string }[];
  readonly boots: readonly string[];
  readonly settle: Readonly<Record<string, number>>;
  readonly expect: { readonly verdict: string; readonly finding?: string | undefined };
  readonly command: readonly string[];
  readonly notHonoured: readonly string[];
  readonly why: string | null;
}

export function checkDocument(loaded: Loaded, previews: readonly CellPreview[]): CheckDocument {
  const cells = previews.map(({ cell, command, notHonoured, why }) => {
    const { id, file, name, axes, host, guest, rom, fault, config, boots, settle, expect } = cell;
    const names = { host: host.id, guest: guest.id, rom: rom.ref };
    return {
      id,
      file,
      name,
      axes,
      ...names,
      fault,
      config,
      allowed: cell.ownerArgs,
      boots,
      settle,
      expect,
      command,
      notHonoured,
      why,
    };
  });
  return { cells, problems: loaded.problems, notes: loaded.notes };
}

/** 0 fine, 2 problems, 4 nothing found. */
export function checkExitCode({ problems, cells }: CheckDocument): ExitCode {
  if (problems.length > 0) return EXIT.usage;
  return cells.length === 0 ? EXIT.nothingRan : EXIT.asExpected;
}

/** The same for a person: each cell with what it would run, then what is wrong. */
export function checkText(found: CheckDocument, sources: Loaded['sources']): string {
  const problems = found.problems.map((problem) => renderProblem(problem, sources.get(problem.file)));
  const notes = found.notes.map(({ file, line, column, message }) =>
    printable(`${file}:${line}:${column}: note: ${message}`),
  );
  return [...found.cells.map(cellText), ...notes, ...problems, summary(found)].join('\n\n') + '\n';
}

function cellText(cell: CheckedCell): string {
  const finding = cell.expect.finding === undefined ? '' : ` with ${cell.expect.finding}`;
  return [
    cell.id,
    `  ${cell.name}`,
    `  host ${cell.host}, guest ${cell.guest}, ROM ${cell.rom}, boots ${cell.boots.join(' ')}`,
    ...cell.allowed.map(({ text, where }) => `  args allowed by the host's owner (${where}): ${text}`),
    ...(cell.fault === null ? [] : [`  the guest's fault: ${cell.fault}`]),
    `  expected ${cell.expect.verdict}${finding}`,
    ...cell.command.map((line) => `  $ ${line}`),
    ...cell.notHonoured.map((what) => `  not honoured here: ${what}`),
    ...(cell.why === null ? [] : [`  what would run cannot be told: ${cell.why}`]),
  ]
    .map((line) => printable(line, Infinity))
    .join('\n');
}

function summary({ cells, problems }: CheckDocument): string {
  if (problems.length > 0) return `${count(problems.length, 'problem')}; nothing may be run`;
  if (cells.length === 0) return 'no cell found';
  return `${count(cells.length, 'cell')} in ${count(new Set(cells.map(({ file }) => file)).size, 'scenario')}, no problems`;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
