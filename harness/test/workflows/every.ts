import { type Job, jobProblems, triggersOf, unless, type Workflow } from './workflow.ts';

/** What no workflow may do, wherever it runs. */
export function everyProblems(workflow: Workflow): readonly string[] {
  const { permissions } = workflow;
  return [
    ...unless(permissions !== undefined && isEmpty(permissions), 'permissions at the top are not {}'),
    ...triggersOf(workflow)
      .filter((trigger) => /^(?:pull_request_target|issue_comment|pull_request_review)/.test(trigger))
      .map((trigger) => `runs on ${trigger}`),
    ...unless(!/\bsecrets\b/.test(JSON.stringify(workflow)), 'asks for secrets'),
    ...jobProblems(workflow, [timeProblems, pinProblems, checkoutProblems, shellProblems, cacheProblems]),
  ];
}

/** Only labels of GitHub's own machines, written out: an expression could become any label. */
export function hostedProblems({ 'runs-on': label }: Job): readonly string[] {
  return unless(
    typeof label === 'string' && /^ubuntu-\d\d\.\d\d$/.test(label),
    'runs elsewhere than on ubuntu-<version>',
  );
}

function isEmpty(permissions: NonNullable<Workflow['permissions']>): boolean {
  return typeof permissions === 'object' && Object.keys(permissions).length === 0;
}

function timeProblems(job: Job): readonly string[] {
  return unless(job['timeout-minutes'] !== undefined, 'has no timeout-minutes');
}

function pinProblems({ uses, steps, container }: Job): readonly string[] {
  const actions = [uses, ...steps.map((step) => step.uses)].filter((action) => action !== undefined);
  const image = typeof container === 'string' ? container : container?.image;
  return [
    ...actions
      .filter((action) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(action))
      .map((action) => `${action} is not pinned to a commit`),
    ...unless(
      image === undefined || /@sha256:[0-9a-f]{64}$/.test(image),
      `${String(image)} is not pinned to a digest`,
    ),
  ];
}

function checkoutProblems({ steps }: Job): readonly string[] {
  return steps
    .filter((step) => step.uses?.startsWith('actions/checkout@'))
    .filter((step) => step.with?.['persist-credentials'] !== false)
    .map(() => 'checkout keeps its token');
}

/** An expression in a script is put there before the shell reads it, quotes and all: `env` is the way in. */
function shellProblems({ steps }: Job): readonly string[] {
  return steps
    .filter((step) => step.run?.includes('${{'))
    .map(() => 'puts an expression into a shell script');
}

/** Whoever holds a job on main can write the cache that later jobs there restore: nothing here restores one. */
function cacheProblems({ steps }: Job): readonly string[] {
  return steps
    .filter(
      ({ uses = '', with: inputs = {} }) =>
        uses.startsWith('actions/cache') ||
        'cache' in inputs ||
        (uses.startsWith('actions/setup-node@') && inputs['package-manager-cache'] !== false),
    )
    .map(() => 'restores a cache');
}
