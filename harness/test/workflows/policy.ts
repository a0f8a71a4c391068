import { everyProblems, hostedProblems } from './every.ts';
import { labProblems } from './lab.ts';
import { publishProblems } from './publish.ts';
import { type Job, jobProblems, readWorkflow, triggersOf, unless, type Workflow } from './workflow.ts';

/** The two files with rules of their own; all others are open to strangers' pull requests. */
const OWN_RULES: Readonly<Record<string, (workflow: Workflow) => readonly string[]>> = {
  'lab.yml': labProblems,
  'publish.yml': publishProblems,
};

/**
 * What a workflow does that ours must not, each as a sentence. A pull request from a stranger runs the open ones: they
 * get a token that can only read, code that cannot change under them, and no machine of ours.
 *
 * @param file its name below .github/workflows
 */
export function policyProblems(file: string, yaml: string): readonly string[] {
  const workflow = readWorkflow(yaml);
  return [...everyProblems(workflow), ...(OWN_RULES[file] ?? openProblems)(workflow)];
}

/** A workflow that follows another one knows it by its name alone. */
export function nameProblems(yamls: readonly string[]): readonly string[] {
  const names = yamls.map((yaml) => readWorkflow(yaml).name);
  return names
    .filter((name, index) => name === undefined || names.indexOf(name) !== index)
    .map((name) => `the name ${String(name)} does not tell one workflow from another`);
}

function openProblems(workflow: Workflow): readonly string[] {
  return [
    ...unless(!triggersOf(workflow).includes('workflow_run'), 'runs on workflow_run'),
    ...jobProblems(workflow, [hostedProblems, leastProblems]),
  ];
}

function leastProblems({ permissions }: Job): readonly string[] {
  return unless(
    JSON.stringify(permissions) === '{"contents":"read"}',
    'permissions are not { contents: read }',
  );
}
