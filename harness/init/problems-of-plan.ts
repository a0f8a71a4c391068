import type { Library } from '../scenario/library.ts';
import { parseSource } from '../scenario/document.ts';
import { expand } from '../scenario/expand.ts';
import type { SourceProblem } from '../scenario/problem.ts';
import { HostSchema, ScenarioSchema } from '../scenario/schema.ts';
import { validate } from '../scenario/validate.ts';
import { firstScenarioId } from './plan-files.ts';
import type { PlannedFile } from './planned-file.ts';

/** What `check` would say of the files as they are to be; asked before anything is written. Empty: it passes. */
export function problemsOfPlan(
  files: readonly PlannedFile[],
  host: string,
  library: Library,
): readonly SourceProblem[] {
  const textOf = (role: PlannedFile['role']): PlannedFile | undefined =>
    files.find((file) => file.role === role);
  const hostFile = textOf('host');
  if (hostFile === undefined) return [];
  const facts = parseSource(hostFile.path, hostFile.after, ([first]) => first === 'facts');
  if (facts.document === null) return facts.problems;
  const valid = validate(HostSchema, facts.document);
  if (valid.value === null) return valid.problems;
  const scenario = textOf('scenario');
  if (scenario?.before !== null) return [];
  const parsed = parseSource(scenario.path, scenario.after, ([first]) => first === 'axes');
  if (parsed.document === null) return parsed.problems;
  const read = validate(ScenarioSchema, parsed.document);
  if (read.value === null) return read.problems;
  const hosts = new Map([...library.hosts, [host, { id: host, ...valid.value }]]);
  const loaded = { value: read.value, document: parsed.document };
  return expand(firstScenarioId(host), loaded, { ...library, hosts }).problems;
}
