import type { Path } from './document.ts';

/** One thing that a scenario varies, and where each value stands in its file. */
export interface Axis {
  readonly name: string;
  readonly values: readonly string[];
  readonly pathOf: (index: number) => Path;
}

/** One value for each axis. */
export type Combination = Readonly<Record<string, string>>;

/** How many combinations the axes make. */
export function countCombinations(axes: readonly Axis[]): number {
  return axes.reduce((count, axis) => count * axis.values.length, 1);
}

/** Every combination of the axes' values; the last axis varies fastest. One empty combination without axes. */
export function combine(axes: readonly Axis[]): readonly Combination[] {
  return axes.reduce<readonly Combination[]>(
    (sofar, { name, values }) =>
      sofar.flatMap((combination) => values.map((value) => ({ ...combination, [name]: value }))),
    [{}],
  );
}

/** Whether a combination has all these values. */
export function matches(when: Combination, combination: Combination): boolean {
  return Object.entries(when).every(([axis, value]) => combination[axis] === value);
}

/** A cell's id: the scenario's, and the axis values sorted by axis. */
export function cellId(scenario: string, combination: Combination): string {
  const axes = Object.keys(combination).sort();
  return axes.length === 0
    ? scenario
    : `${scenario}:${axes.map((axis) => `${axis}=${combination[axis] ?? ''}`).join(',')}`;
}
