import { guestValueProblems } from './guest-values.ts';
import { classOfKey } from './keys.ts';
import { type ConfigProblem, problemIn } from './entry.ts';
import { parseVmConfig, type VmConfig } from './parse.ts';
import { guestKeyProblems } from './policy.ts';

const WHY = {
  'under-test': 'is what scenarios try out, so it stands in a scenario',
  refused: 'is not taken from a file',
  unknown: 'is not a key that is known here',
};

/** What in a guest's own part of a config is wrong: keys of another class, host paths, values that no VM can have. */
export function guestConfigProblems(config: VmConfig): ConfigProblem[] {
  return [
    ...config.problems,
    ...config.entries.flatMap((entry) => {
      const keyClass = classOfKey(entry.key);
      if (keyClass === 'guest') return guestKeyProblems(entry);
      return [problemIn(entry, `${entry.key} ${WHY[keyClass]}`, 'take the line out', 0)];
    }),
    ...guestValueProblems(config),
  ];
}

/** The whole VM: what a scenario tries out, and what the guest brings. The guest's keys in a scenario do not count. */
export function wholeConfig(underTest: string, guest: string | null): VmConfig {
  const tried = parseVmConfig(underTest);
  const own = parseVmConfig(guest ?? '');
  return {
    entries: [
      ...tried.entries.filter(({ key }) => classOfKey(key) !== 'guest'),
      ...own.entries.filter(({ key }) => classOfKey(key) === 'guest'),
    ],
    problems: [...tried.problems, ...own.problems],
    notes: [],
  };
}
