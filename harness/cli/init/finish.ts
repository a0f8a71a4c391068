import { firstScenarioId } from '../../init/plan-files.ts';
import { type PlannedFile, stateOf } from '../../init/planned-file.ts';
import { unifiedDiff } from '../../diagnosis/fix/unified-diff.ts';
import { type Loaded, loadCells } from '../../scenario/load.ts';
import type { SourceProblem } from '../../scenario/problem.ts';
import { renderProblem } from '../../scenario/render-problem.ts';
import { cacheDir } from '../../wire/cache-dir.ts';
import { EXIT } from '../exit-code.ts';
import { printJson, terminalOptions } from '../output.ts';
import { romState } from '../rom-state.ts';
import { UsageError } from '../usage-error.ts';
import type { Asker } from './asker.ts';
import type { Choice } from './choose.ts';
import { doctorLines, fileLines, rowLines, shownPath } from './plan-text.ts';
import { chosenRows } from './seen-text.ts';
import { writePlanned } from './write-files.ts';

interface Wishes {
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/**
 * Shows what was chosen and what differs, writes what may be written, and says what comes next.
 *
 * @throws UsageError a file that is there would change, and nobody can be asked; Stopped; YamlNotEdited; FileNotReplaced
 */
export async function finish(wishes: Wishes, choice: Choice, asker: Asker | null): Promise<void> {
  const { dryRun, json } = wishes;
  if (!json) print([...rowLines(chosenRows(choice), terminalOptions()), '']);
  const write = await agreed(wishes, choice, asker);
  if (!dryRun) for (const file of write) await writePlanned(file);
  const isWhole = !dryRun && choice.files.every((file) => write.includes(file) || !differs(file));
  const { problems, sources } = isWhole ? await checked(choice) : NOT_CHECKED;
  const next = await nextCommands(choice);
  if (json) {
    printJson(document(choice, dryRun ? [] : write, problems, next));
  } else {
    const shown = problems.map((problem) => renderProblem(problem, sources.get(problem.file)));
    print([
      '',
      ...doctorLines(choice.examination, terminalOptions()),
      ...(shown.length === 0 ? [] : ['', ...shown]),
      '',
      isWhole
        ? 'Next:'
        : `${dryRun || write.length === 0 ? 'Nothing' : 'Not all of it'} was written. After it:`,
      ...next.map((command) => `  ${command}`),
    ]);
  }
  process.exitCode = problems.length > 0 ? EXIT.usage : EXIT.asExpected;
}

/** The files that are to be written. Everything is asked before anything is written. */
async function agreed(
  { yes, dryRun, json }: Wishes,
  { files, root }: Choice,
  asker: Asker | null,
): Promise<readonly PlannedFile[]> {
  const open = files.filter(differs);
  const changed = open.filter((file) => stateOf(file) === 'changed');
  if (!json) print(files.flatMap((file) => fileLines(file, root, terminalOptions())));
  if (dryRun || yes || open.length === 0) return open;
  if (asker === null) {
    if (changed.length === 0) return open;
    const names = changed.map(({ path }) => shownPath(path, root)).join(' and ');
    throw new UsageError(`nothing was written: ${names} would change; --yes writes it, --dry-run shows it`);
  }
  const fresh = open.filter((file) => stateOf(file) === 'new');
  const kept =
    fresh.length > 0 && (await asker.confirm(`Write ${count(fresh.length, 'new file')}?`)) ? [...fresh] : [];
  for (const file of changed)
    if (await asker.confirm(`Change ${shownPath(file.path, root)} as shown?`)) kept.push(file);
  return kept;
}

function differs(file: PlannedFile): boolean {
  const state = stateOf(file);
  return state === 'new' || state === 'changed';
}

type Checked = Pick<Loaded, 'problems' | 'sources'>;

const NOT_CHECKED: Checked = { problems: [], sources: new Map() };

/** What `code43 check` says of it now. */
async function checked({ root, name, files }: Choice): Promise<Checked> {
  const owner = files.find(({ role }) => role === 'owner')?.path;
  if (!files.some(({ role }) => role === 'scenario')) return NOT_CHECKED;
  const options = { host: name.name, ...(owner === undefined ? {} : { owner }) };
  return loadCells(root, [firstScenarioId(name.name)], options);
}

async function nextCommands({ name, rom, files }: Choice): Promise<readonly string[]> {
  const id = firstScenarioId(name.name);
  const scenario = files.find(({ role }) => role === 'scenario');
  const tries = rom !== null && (scenario?.before ?? scenario?.after ?? '').includes(rom.ref);
  return [
    ...(tries && (await romState(rom, cacheDir())).cached === null ? [`code43 rom fetch ${rom.ref}`] : []),
    `code43 check ${id}`,
    `code43 run ${id} --host ${name.name}`,
  ];
}

function document(
  choice: Choice,
  written: readonly PlannedFile[],
  problems: readonly SourceProblem[],
  next: readonly string[],
): object {
  const { name, reach, seen, igpu, guests, vmids, lost, files, examination, rom } = choice;
  const { pve, kernel, qemu, cpu } = seen;
  const { readiness, checks } = examination;
  return {
    schema: 1,
    host: name.name,
    reach,
    versions: { pve, kernel, qemu },
    cpu,
    igpu: { id: igpu.id, address: igpu.address, driver: igpu.driver },
    guests: Object.fromEntries([...guests].map(([guest, { vmid, template }]) => [guest, { vmid, template }])),
    lost,
    vmids,
    rom: rom?.ref ?? null,
    files: files.map((file) => ({
      path: file.path,
      role: file.role,
      state: stateOf(file),
      written: written.includes(file),
      diff: stateOf(file) === 'kept' ? '' : unifiedDiff(file.path, file.before ?? '', file.after),
    })),
    readiness,
    checks: checks.filter(({ state }) => state === 'not-ok' || state === 'unknown'),
    problems,
    next,
  };
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function count(n: number, what: string): string {
  return n === 1 ? `the ${what}` : `the ${n} ${what}s`;
}
