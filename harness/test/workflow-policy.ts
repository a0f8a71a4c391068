import * as z from 'zod';
import { parse } from 'yaml';

const Permissions = z.union([z.string(), z.record(z.string(), z.string())]);
const Step = z.looseObject({
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const Job = z.looseObject({
  'runs-on': z.unknown(),
  uses: z.string().optional(),
  container: z.union([z.string(), z.looseObject({ image: z.string() })]).optional(),
  permissions: Permissions.optional(),
  'timeout-minutes': z.number().optional(),
  steps: z.array(Step).default([]),
});
const Workflow = z.looseObject({
  on: z.unknown(),
  permissions: Permissions.optional(),
  jobs: z.record(z.string(), Job),
});

type Workflow = z.infer<typeof Workflow>;

/**
 * What a workflow does that ours must not, each as a sentence. A pull request from a stranger runs these files:
 * they get a token that can only read, code that cannot change under them, and no machine of ours.
 */
export function policyProblems(yaml: string): readonly string[] {
  const workflow = Workflow.parse(parse(yaml));
  return [
    ...triggerProblems(workflow),
    ...Object.entries(workflow.jobs).flatMap(([id, job]) =>
      [...placeProblems(job), ...permissionProblems(job), ...pinProblems(job), ...checkoutProblems(job)].map(
        (problem) => `${id}: ${problem}`,
      ),
    ),
  ];
}

type Job = z.infer<typeof Job>;

function triggerProblems({ on, permissions }: Workflow): readonly string[] {
  const problems =
    permissions && Object.keys(permissions).length === 0 ? [] : ['permissions at the top are not {}'];
  const triggers = JSON.stringify(on);
  for (const trigger of ['pull_request_target', 'workflow_run', 'issue_comment'])
    if (triggers.includes(`"${trigger}"`)) problems.push(`runs on ${trigger}`);
  return problems;
}

/** Only labels of GitHub's own machines, written out: an expression could become any label. */
function placeProblems(job: Job): readonly string[] {
  const label = job['runs-on'];
  const problems =
    typeof label === 'string' && /^ubuntu-\d\d\.\d\d$/.test(label)
      ? []
      : ['runs elsewhere than on ubuntu-<version>'];
  if (job['timeout-minutes'] === undefined) problems.push('has no timeout-minutes');
  return problems;
}

function permissionProblems({ permissions }: Job): readonly string[] {
  const isLeast = typeof permissions === 'object' && JSON.stringify(permissions) === '{"contents":"read"}';
  return isLeast ? [] : ['permissions are not { contents: read }'];
}

function pinProblems({ uses, steps, container }: Job): readonly string[] {
  const actions = [uses, ...steps.map((step) => step.uses)].filter((action) => action !== undefined);
  const image = typeof container === 'string' ? container : container?.image;
  return [
    ...actions
      .filter((action) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(action))
      .map((action) => `${action} is not pinned to a commit`),
    ...(image === undefined || /@sha256:[0-9a-f]{64}$/.test(image)
      ? []
      : [`${image} is not pinned to a digest`]),
  ];
}

function checkoutProblems({ steps }: Job): readonly string[] {
  return steps
    .filter((step) => step.uses?.startsWith('actions/checkout@'))
    .filter((step) => step.with?.['persist-credentials'] !== false)
    .map(() => 'checkout keeps its token');
}
