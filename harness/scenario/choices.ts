import type { Axis, Combination } from './axes.ts';
import type { CellRom, GuestFile, HostFile } from './cell.ts';
import type { Path } from './document.ts';
import type { Library } from './library.ts';
import type { ProblemList } from './problem-list.ts';
import { quote } from './problem.ts';
import type { ScenarioFile } from './schema.ts';
import { suggestion } from './suggestion.ts';

/** What a scenario says of its host, guest and ROM: with it, a combination of axis values has all it needs. */
export interface Choices {
  readonly axes: readonly Axis[];
  readonly hostOf: (combination: Combination) => Chosen<HostFile> | null;
  readonly guestOf: (combination: Combination) => Chosen<GuestFile> | null;
  /** `value: null` where the scenario leaves the ROM to its config. */
  readonly romOf: (combination: Combination) => Chosen<CellRom | null> | null;
}

export interface Chosen<T> {
  readonly value: T;
  /** Where the file says so. */
  readonly path: Path;
}

/** Resolves every reference of a scenario; what it refers to and is not there is a problem. */
export function chooseFrom(scenario: ScenarioFile, library: Library, problems: ProblemList): Choices {
  const axes: Axis[] = Object.entries(scenario.axes).map(([name, values]) => ({
    name,
    values,
    pathOf: (index) => ['axes', name, index],
  }));
  onePlace(scenario, problems);
  checkNames(
    'host',
    typeof scenario.host === 'string' ? scenario.host : undefined,
    axes,
    library.hosts,
    problems,
  );
  checkNames('guest', scenario.guest, axes, library.guests, problems);
  checkNames('rom', scenario.rom, axes, library.roms, problems);
  const meeting = hostsMeeting(scenario, library, problems);
  if (meeting.length > 1) axes.push({ name: 'host', values: meeting, pathOf: () => ['host'] });
  const chooser =
    <T>(name: 'host' | 'guest' | 'rom', fixed: string | undefined, known: ReadonlyMap<string, T>) =>
    (combination: Combination): Chosen<T> | null => {
      const id = combination[name] ?? fixed;
      const value = id === undefined ? undefined : known.get(id);
      return value === undefined ? null : { value, path: pathOf(name, combination, axes) };
    };
  const fixedHost = typeof scenario.host === 'string' ? scenario.host : meeting[0];
  const romOf = chooser<CellRom | null>('rom', scenario.rom, library.roms);
  const leavesRom = scenario.rom === undefined && scenario.axes['rom'] === undefined;
  return {
    axes,
    hostOf: chooser('host', fixedHost, library.hosts),
    guestOf: chooser('guest', scenario.guest, library.guests),
    romOf: (combination) => (leavesRom ? { value: null, path: ['config'] } : romOf(combination)),
  };
}

/** Where the file gives an axis of a combination its value; the key of the same name where it is no axis. */
export function pathOf(name: string, combination: Combination, axes: readonly Axis[]): Path {
  const axis = axes.find((candidate) => candidate.name === name);
  const value = combination[name];
  return axis === undefined || value === undefined ? [name] : axis.pathOf(axis.values.indexOf(value));
}

/** Host, guest and ROM each stand at the top or are an axis; host and guest must be one of the two. */
function onePlace(scenario: ScenarioFile, problems: ProblemList): void {
  for (const name of ['host', 'guest', 'rom'] as const) {
    const isAxis = scenario.axes[name] !== undefined;
    if (isAxis && scenario[name] !== undefined) {
      problems.atKey([name], `"${name}" stands here and as an axis`, 'leave one out');
    } else if (!isAxis && scenario[name] === undefined && name !== 'rom') {
      problems.at([], `"${name}" is missing: expected the name of a ${name}, or an axis "${name}"`);
    }
  }
}

function checkNames(
  name: 'host' | 'guest' | 'rom',
  fixed: string | undefined,
  axes: readonly Axis[],
  known: ReadonlyMap<string, unknown>,
  problems: ProblemList,
): void {
  const folder = name === 'rom' ? 'roms' : `scenarios/${name}s`;
  const check = (id: string, path: Path): void => {
    if (known.has(id)) return;
    const hint = suggestion(id, known.keys()) ?? `there is: ${[...known.keys()].slice(0, 20).join(', ')}`;
    problems.at(path, `unknown ${name} ${quote(id)}: nothing in ${folder} has that name`, hint);
  };
  if (fixed !== undefined) check(fixed, [name]);
  const axis = axes.find((candidate) => candidate.name === name);
  axis?.values.forEach((id, index) => {
    check(id, axis.pathOf(index));
  });
}

/** The hosts that meet a requirement, in order of their names; empty where the scenario names its host. */
function hostsMeeting({ host }: ScenarioFile, library: Library, problems: ProblemList): readonly string[] {
  if (typeof host !== 'object') return [];
  const meeting = [...library.hosts.values()].filter(({ igpu }) => igpu.id === host.igpu).map(({ id }) => id);
  if (meeting.length === 0) {
    const hint = suggestion(host.igpu, new Set([...library.hosts.values()].map(({ igpu }) => igpu.id)));
    problems.at(['host', 'igpu'], `no host in scenarios/hosts has the iGPU ${quote(host.igpu)}`, hint);
  }
  return meeting.sort();
}
