import { guardOf, type Job, jobProblems, triggersOf, unless, type Workflow } from './workflow.ts';

const GUARD =
  "github.repository == vars.LAB_REPOSITORY && github.ref == 'refs/heads/main' && " +
  "(github.event_name == 'schedule' || github.event_name == 'workflow_dispatch')";

/** What the workflow that runs in somebody's home does that it must not. */
export function labProblems(workflow: Workflow): readonly string[] {
  const { on, concurrency, jobs } = workflow;
  return [
    ...unless(
      [...triggersOf(workflow)].sort().join(' ') === 'schedule workflow_dispatch' && typeof on === 'object',
      'is started by more than the clock and people with write access',
    ),
    ...unless(Object.keys(jobs).length === 1, 'has more than one job'),
    ...unless(
      JSON.stringify(concurrency) === '{"group":"lab","cancel-in-progress":false}',
      'does not run one at a time to its end',
    ),
    ...unless(!('env' in workflow || 'defaults' in workflow), 'sets env or defaults for every step'),
    ...jobProblems(workflow, [guardProblems, placeProblems, extrasProblems, stepProblems, dataProblems]),
  ];
}

function guardProblems(job: Job): readonly string[] {
  return unless(guardOf(job) === GUARD, 'is not guarded by repository, branch and event');
}

/** A label of GitHub's own machines would call this one for jobs that were meant for those. */
function placeProblems({ 'runs-on': labels, permissions }: Job): readonly string[] {
  return [
    ...unless(
      JSON.stringify(labels) === '["self-hosted","code43-lab"]',
      'runs elsewhere than on [self-hosted, code43-lab]',
    ),
    ...unless(
      JSON.stringify(permissions) === '{"contents":"read"}',
      'permissions are not { contents: read }',
    ),
  ];
}

/** What would bring foreign images, values or gates into the job, or values out of it. */
function extrasProblems(job: Job): readonly string[] {
  return ['container', 'services', 'environment', 'env', 'defaults', 'strategy', 'outputs', 'uses']
    .filter((key) => job[key] !== undefined)
    .map((key) => `has ${key}`);
}

/** The installed program, in one line, and two actions of GitHub's own. Values come by `env` and stand in quotes. */
function stepProblems({ steps }: Job): readonly string[] {
  const words = /^code43(?: (?:[\w./=-]+|"\$[A-Z]+"))+$/;
  const values = /^\$\{\{ (?:vars|inputs)\.[\w-]+(?: \|\| '[\w./-]+')? \}\}$/;
  return steps.flatMap(({ run, uses, env = {}, shell }) => [
    ...unless(run === undefined || words.test(run.trim()), 'runs more than the installed code43'),
    ...unless(shell === undefined, 'chooses a shell'),
    ...unless(
      uses === undefined || /^actions\/(?:checkout|upload-artifact)@/.test(uses),
      `uses ${String(uses)}`,
    ),
    ...Object.entries(env).flatMap(([name, value]) =>
      unless(/^(?:HOST|TARGET)$/.test(name) && values.test(String(value)), `hands ${name} to the shell`),
    ),
  ]);
}

/** What is checked out is read as data, so no code is there to be run by mistake. */
function dataProblems({ steps }: Job): readonly string[] {
  return steps
    .filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    .flatMap(({ with: inputs = {} }) =>
      unless(
        Object.keys(inputs).sort().join(' ') ===
          'persist-credentials sparse-checkout sparse-checkout-cone-mode' &&
          inputs['sparse-checkout-cone-mode'] === false &&
          inputs['sparse-checkout'] === '/scenarios/\n/roms/\n',
        'checks out more than scenarios/ and roms/ of the commit that started it',
      ),
    );
}
