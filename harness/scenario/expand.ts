import { cellId, combine, countCombinations, matches, type Axis, type Combination } from './axes.ts';
import { BaseConfig } from './cell-config.ts';
import type { Cell } from './cell.ts';
import { chooseFrom, type Choices } from './choices.ts';
import type { Path } from './document.ts';
import { checkFaultyGuest, faultsFrom } from './faults.ts';
import type { Library } from './library.ts';
import { ProblemList } from './problem-list.ts';
import { quote, type SourceProblem } from './problem.ts';
import type { ScenarioFile } from './schema.ts';
import type { LoadedFile } from './source-files.ts';
import { suggestion } from './suggestion.ts';

const MAX_CELLS = 1000;

/** What a scenario expands to. With any problem there are no cells. */
export interface Expanded {
  readonly cells: readonly Cell[];
  readonly problems: readonly SourceProblem[];
  /** Worth telling, no error. */
  readonly notes: readonly SourceProblem[];
}

/**
 * Expands a scenario to its cells, with all references resolved.
 *
 * @param id path of the scenario's file below `scenarios/` without its ending
 */
export function expand(id: string, scenario: LoadedFile<ScenarioFile>, library: Library): Expanded {
  const { value, document } = scenario;
  const problems = new ProblemList(document);
  const notes = new ProblemList(document);
  const choices = chooseFrom(value, library, problems);
  const faultOf = faultsFrom(value, choices.axes, problems);
  const base = new BaseConfig(value.config, choices.axes, problems);
  base.tell(notes);
  checkAxes(choices.axes, problems);
  if (!problems.isEmpty()) return { cells: [], problems: problems.all, notes: notes.all };
  const combinations = leaveOut(value, choices.axes, problems);
  const rules = rulesFor(value, choices.axes, combinations, problems);
  const cells = combinations.flatMap((combination) => {
    const expect = rules.get(combination);
    const parts = cellParts(combination, choices, base, library, problems);
    const fault = faultOf(combination);
    checkFaultyGuest(fault, parts?.guest, problems);
    if (expect === undefined || parts === null) return [];
    const { name, boots, settle } = value;
    const axes = combination;
    return [
      {
        id: cellId(id, axes),
        scenario: id,
        file: document.file,
        name,
        axes,
        ...parts,
        fault: fault.value,
        boots,
        settle,
        expect,
      },
    ];
  });
  return { cells: problems.isEmpty() ? cells : [], problems: problems.all, notes: notes.all };
}

function cellParts(
  combination: Combination,
  choices: Choices,
  base: BaseConfig,
  { owners }: Library,
  problems: ProblemList,
): Pick<Cell, 'host' | 'guest' | 'rom' | 'config' | 'ownerArgs'> | null {
  const host = choices.hostOf(combination);
  const guest = choices.guestOf(combination);
  const rom = choices.romOf(combination);
  if (host === null || guest === null || rom === null) return null;
  const { probe } = guest.value;
  if (host.value.igpu.driver[probe] === undefined) {
    const message = `the host ${quote(host.value.id)} does not say which driver a ${probe} guest must start its iGPU with`;
    problems.at(host.path, message, `add igpu.driver.${probe} to scenarios/hosts/${host.value.id}.yaml`);
  }
  const config = base.of(combination, host.value, rom, owners.get(host.value.id)?.args ?? []);
  if (config === null) return null;
  const { text, ...of } = config;
  return { host: host.value, guest: guest.value, config: text, ...of };
}

function checkAxes(axes: readonly Axis[], problems: ProblemList): void {
  for (const { name, values, pathOf } of axes) {
    values.forEach((value, index) => {
      if (values.indexOf(value) < index)
        problems.at(pathOf(index), `axes.${name} has ${quote(value)} a second time`);
    });
  }
  const count = countCombinations(axes);
  if (count > MAX_CELLS)
    problems.atKey(['axes'], `the axes make ${count} cells, expected at most ${MAX_CELLS}`);
}

function leaveOut(
  scenario: ScenarioFile,
  axes: readonly Axis[],
  problems: ProblemList,
): readonly Combination[] {
  let left = combine(axes);
  for (const [index, excluded] of scenario.exclude.entries()) {
    const path = ['exclude', index];
    const known = knows(excluded, axes, path, problems);
    const kept = left.filter((combination) => !matches(excluded, combination));
    if (known && kept.length === left.length)
      problems.at(path, 'this leaves nothing out that is still there');
    left = kept;
  }
  if (left.length === 0) problems.atKey(['exclude'], 'nothing is left: every combination is excluded');
  return left;
}

/** The first rule that matches each combination. */
function rulesFor(
  { expect }: ScenarioFile,
  axes: readonly Axis[],
  combinations: readonly Combination[],
  problems: ProblemList,
): ReadonlyMap<Combination, Cell['expect']> {
  const rules = new Map<Combination, Cell['expect']>();
  for (const [index, { when = {}, ...expectation }] of expect.entries()) {
    const path = ['expect', index, 'when'];
    const matching = combinations.filter((combination) => matches(when, combination));
    if (knows(when, axes, path, problems) && matching.length === 0) problems.at(path, 'this matches no cell');
    for (const combination of matching) if (!rules.has(combination)) rules.set(combination, expectation);
  }
  const without = combinations.filter((combination) => !rules.has(combination));
  if (without[0] !== undefined) {
    const more = without.length > 1 ? ` and ${without.length - 1} more` : '';
    const message = `no rule says what to expect of ${cellId('the cell', without[0])}${more}`;
    problems.atKey(['expect'], message, 'add a last rule without "when"');
  }
  return rules;
}

/** Whether a combination in the file speaks of axes and values that there are; what it should not is a problem. */
function knows(combination: Combination, axes: readonly Axis[], path: Path, problems: ProblemList): boolean {
  const wrong = Object.entries(combination).filter(([name, value]) => {
    const axis = axes.find((candidate) => candidate.name === name);
    if (axis === undefined) {
      const names = axes.map((candidate) => candidate.name);
      const hint = suggestion(name, names) ?? (names.length > 0 ? `its axes: ${names.join(', ')}` : null);
      problems.atKey([...path, name], `${quote(name)} is no axis of this scenario`, hint);
    } else if (!axis.values.includes(value)) {
      const hint = suggestion(value, axis.values) ?? `its values: ${axis.values.slice(0, 20).join(', ')}`;
      problems.at([...path, name], `${quote(value)} is no value of the axis ${name}`, hint);
    } else return false;
    return true;
  });
  return wrong.length === 0;
}
