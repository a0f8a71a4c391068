import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Cell } from './cell.ts';
import type { Connection } from './connection.ts';
import type { Path } from './document.ts';
import { expand, type Expanded } from './expand.ts';
import { duplicateId, loadLibrary, type Library } from './library.ts';
import { fileProblem, quote, type SourceProblem } from './problem.ts';
import { ScenarioSchema } from './schema.ts';
import { SourceFiles } from './source-files.ts';
import { suggestion } from './suggestion.ts';
import { findTargets, type Wanted } from './targets.ts';

export interface Loaded {
  /** In the order of the targets. Empty when there is any problem: then nothing may be run. */
  readonly cells: readonly Cell[];
  readonly problems: readonly SourceProblem[];
  /** Worth telling, no error: keys that belong to the guest, cells that the wanted host cannot run. */
  readonly notes: readonly SourceProblem[];
  /** The text of every file that was read, by the name that problems give it. */
  readonly sources: ReadonlyMap<string, string>;
  /** How each host is reached from here, by its name; hosts without are not. */
  readonly connections: ReadonlyMap<string, Connection>;
}

export interface LoadOptions {
  /**
   * Only cells that this host may run: it is the cell's host, or meets what the scenario requires of one. By its name in
   * scenarios/hosts, or by where the owner's file reaches it, as `root@pve`.
   */
  readonly host?: string;
  /** Folder that relative targets start from; the process's own if left out. */
  readonly cwd?: string;
  /** File in which the hosts' owner says what more `args` may hold; left out: nothing more. */
  readonly owner?: string;
}

const SCENARIO_ID = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/**
 * Loads scenarios and expands them to cells. Touches no host and no network, and throws nothing for what is in a file.
 *
 * @param root folder that holds `scenarios/` and `roms/`
 * @param targets files, folders, ids of scenarios or cells, or the beginning of ids; none means all of `scenarios/`
 */
export async function loadCells(
  root: string,
  targets: readonly string[],
  options: LoadOptions = {},
): Promise<Loaded> {
  const files = new SourceFiles(await realpath(root).catch(() => path.resolve(root)));
  const library = await loadLibrary(files, options.owner ?? null);
  const notes: SourceProblem[] = [];
  const connections = connectionsOf(library);
  const only = hostNamed(options.host, library, connections, files);
  const cells: Cell[] = [];
  const seen = new Map<string, string>();
  for (const [file, wanted] of byFile(await findTargets(files, targets, options.cwd ?? process.cwd()))) {
    const { id } = wanted[0];
    const earlier = seen.get(id);
    if (earlier !== undefined)
      files.problems.push(duplicateId(files.nameOf(file), id, files.nameOf(earlier)));
    seen.set(id, file);
    const expanded = await expandFile(file, id, library, files);
    if (expanded === null) continue;
    notes.push(...expanded.notes);
    const picked = pick(expanded.cells, wanted, files);
    const possible = picked.filter(({ host }) => only === null || host.id === only);
    if (picked.length > 0 && possible.length === 0) notes.push(leftOut(files.nameOf(file), only));
    cells.push(...possible);
  }
  const fine = files.problems.length === 0;
  return { cells: fine ? cells : [], problems: files.problems, notes, sources: files.texts, connections };
}

function connectionsOf({ owners }: Library): ReadonlyMap<string, Connection> {
  return new Map(
    [...owners].flatMap(([host, { connection }]) =>
      connection === null ? [] : [[host, connection] as const],
    ),
  );
}

type Group = [Wanted, ...Wanted[]];

function byFile(wanted: readonly Wanted[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const one of wanted) {
    const group = groups.get(one.file);
    if (group === undefined) groups.set(one.file, [one]);
    else group.push(one);
  }
  return groups;
}

async function expandFile(
  file: string,
  id: string,
  library: Library,
  files: SourceFiles,
): Promise<Expanded | null> {
  if (!SCENARIO_ID.test(id)) {
    const hint = 'use letters, digits, ".", "_" and "-"';
    files.problems.push(
      fileProblem(files.nameOf(file), 'the path of a scenario becomes its id; this one cannot', hint),
    );
    return null;
  }
  const loaded = await files.load(file, ScenarioSchema, isAxisValue);
  if (loaded === null) return null;
  const expanded = expand(id, loaded, library);
  files.problems.push(...expanded.problems);
  return expanded;
}

/** Axis values count as they are written: `0x02` and `10.0` are no numbers here. */
function isAxisValue([first, , third]: Path): boolean {
  return first === 'axes' || first === 'exclude' || (first === 'expect' && third === 'when');
}

/** The cells that one of the targets asks for. */
function pick(cells: readonly Cell[], wanted: readonly Wanted[], files: SourceFiles): readonly Cell[] {
  if (cells.length === 0) return [];
  const picked = new Set<Cell>();
  for (const { cell } of wanted) {
    const exact = cells.filter(({ id }) => id === cell);
    const matching =
      exact.length > 0 ? exact : cells.filter(({ id }) => cell === null || id.startsWith(cell));
    if (cell !== null && matching.length === 0) {
      const ids = cells.map(({ id }) => id);
      const hint =
        suggestion(cell, ids) ?? `its cells: ${ids.slice(0, 8).join(' ')}${ids.length > 8 ? ' …' : ''}`;
      files.problems.push(fileProblem(cell, 'the scenario has no cell of that name', hint));
    }
    for (const match of matching) picked.add(match);
  }
  return cells.filter((cell) => picked.has(cell));
}

/** @returns the name of the host that is asked for; null: any. What names none is a problem. */
function hostNamed(
  asked: string | undefined,
  { hosts }: Library,
  connections: Loaded['connections'],
  files: SourceFiles,
): string | null {
  if (asked === undefined) return null;
  if (hosts.has(asked)) return asked;
  const reached = [...connections].flatMap(([name, { reach }]) =>
    reach !== 'here' && 'ssh' in reach && reach.ssh === asked ? [name] : [],
  );
  const [one, ...others] = reached;
  if (one !== undefined && others.length === 0) return one;
  const said = problemOfHost(asked, reached, hosts.keys());
  files.problems.push(fileProblem('--host', said.text, said.hint));
  return asked;
}

function problemOfHost(
  asked: string,
  reached: readonly string[],
  hosts: Iterable<string>,
): { readonly text: string; readonly hint: string } {
  if (reached.length > 0)
    return {
      text: `${quote(asked)} is how several hosts are reached`,
      hint: `name one: ${reached.join(', ')}`,
    };
  if (asked.includes('@'))
    return {
      text: `no host of your hosts.yaml is reached as ${quote(asked)}`,
      hint: `code43 init --host ${asked} looks at it and writes that down`,
    };
  const names = [...hosts];
  return {
    text: `no host in scenarios/hosts has the name ${quote(asked)}`,
    hint: suggestion(asked, names) ?? `there is: ${names.slice(0, 20).join(', ')}`,
  };
}

function leftOut(file: string, host: string | null): SourceProblem {
  return fileProblem(file, `left out: no cell of it may run on the host ${quote(host)}`);
}
