import { parseFault } from '../guest/standin/fault.ts';
import { FAULTS } from '../guest/standin/faults.ts';
import type { Axis, Combination } from './axes.ts';
import type { GuestFile } from './cell.ts';
import { type Chosen, pathOf } from './choices.ts';
import type { Path } from './document.ts';
import type { ProblemList } from './problem-list.ts';
import { quote } from './problem.ts';
import type { ScenarioFile } from './schema.ts';
import { suggestion } from './suggestion.ts';

/** The built image that has the scripts of the faults (guest/image/recipes). */
const FAULTY_IMAGE = 'standin-windows';
/** The value of a fault axis that stands for a guest without any. */
const NONE = 'none';

/** Which fault each combination asks for, by the key `fault` or an axis of that name; an unknown one is a problem. */
export function faultsFrom(
  { fault }: ScenarioFile,
  axes: readonly Axis[],
  problems: ProblemList,
): (combination: Combination) => Chosen<string | null> {
  const axis = axes.find(({ name }) => name === 'fault');
  if (fault !== undefined && axis !== undefined)
    problems.atKey(['fault'], '"fault" stands here and as an axis', 'leave one out');
  if (fault !== undefined) checkFault(fault, ['fault'], problems);
  axis?.values.forEach((value, index) => {
    if (value !== NONE) checkFault(value, axis.pathOf(index), problems);
  });
  return (combination) => {
    const asked = combination['fault'] ?? fault ?? NONE;
    return { value: asked === NONE ? null : asked, path: pathOf('fault', combination, axes) };
  };
}

function checkFault(asked: string, path: Path, problems: ProblemList): void {
  const { name, argument } = parseFault(asked);
  const fault = Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
  if (fault === undefined) {
    const known = Object.keys(FAULTS);
    const hint = suggestion(name, known) ?? `there are: ${known.join(', ')}`;
    problems.at(path, `unknown fault ${quote(name)}`, hint);
  } else if (fault.argument === undefined && argument !== null) {
    problems.at(path, `the fault ${quote(name)} takes no argument`);
  } else if (fault.argument !== undefined && !fault.argument.test(argument ?? '')) {
    const message = `the fault ${quote(name)} wants an argument: ${fault.summary}`;
    problems.at(path, message, `write it behind the name: ${name}=3`);
  }
}

/** Only the stand-in guest can be asked to misbehave. */
export function checkFaultyGuest(
  fault: Chosen<string | null>,
  guest: GuestFile | undefined,
  problems: ProblemList,
): void {
  if (fault.value === null || guest === undefined || guest.image === FAULTY_IMAGE) return;
  const message = `the guest ${quote(guest.id)} cannot be asked for a fault: its image is not ${FAULTY_IMAGE}`;
  problems.at(fault.path, message, 'take the guest standin-windows, or leave "fault" out');
}
