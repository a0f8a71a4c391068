import { hostedProblems } from './every.ts';
import { guardOf, type Job, jobProblems, triggersOf, unless, type Workflow } from './workflow.ts';

/** What the lab's run must be, by what GitHub says of it. */
const FACTS = [
  'github.repository == vars.LAB_REPOSITORY',
  'github.event.workflow_run.head_repository.full_name == github.repository',
  "github.event.workflow_run.head_branch == 'main'",
  `contains(fromJSON('["schedule", "workflow_dispatch"]'), github.event.workflow_run.event)`,
  `contains(fromJSON('["success", "failure"]'), github.event.workflow_run.conclusion)`,
];
const GUARD = `${FACTS.join(' && ')} || github.event_name == 'workflow_dispatch' && github.ref == 'refs/heads/main'`;

const READING = '{"contents":"read","actions":"read"}';
const WRITING = ['{"contents":"write"}', '{"pages":"write","id-token":"write"}'];

/** What the workflow that takes the lab's artifacts does that it must not. */
export function publishProblems(workflow: Workflow): readonly string[] {
  const { on, jobs } = workflow;
  const lab = typeof on === 'object' && on !== null && 'workflow_run' in on ? on.workflow_run : null;
  const judge = jobs['judge'];
  return [
    ...unless(
      [...triggersOf(workflow)].sort().join(' ') === 'workflow_dispatch workflow_run' &&
        JSON.stringify(lab) === '{"workflows":["lab"],"types":["completed"],"branches":["main"]}',
      'follows more than the lab on main',
    ),
    ...unless(judge !== undefined && guardOf(judge) === GUARD, 'judge: takes runs that are not of the lab'),
    ...Object.entries(jobs)
      .filter(([id, { needs }]) => id !== 'judge' && ![needs].flat().includes('judge'))
      .map(([id]) => `${id}: does not wait for judge`),
    ...jobProblems(workflow, [hostedProblems, rightsProblems, downloadProblems]),
  ];
}

/** Who reads hostile data can write nothing; who can write runs neither our code nor a package's. */
function rightsProblems({ permissions, steps }: Job): readonly string[] {
  const rights = JSON.stringify(permissions);
  if (rights === READING) return [];
  if (!WRITING.includes(rights)) return ['has rights that none of its steps needs'];
  const runsCode = steps.some(
    ({ run = '', uses = '' }) => /\b(?:node|npm|npx|code43)\b|harness\//.test(run) || /setup-/.test(uses),
  );
  return unless(!runsCode, 'runs code beside a right to write');
}

/** One artifact by its name, unpacked where nothing is run from. */
function downloadProblems({ steps }: Job): readonly string[] {
  return steps
    .filter(({ uses }) => uses?.startsWith('actions/download-artifact@'))
    .flatMap(({ with: inputs = {} }) => [
      ...unless(typeof inputs['name'] === 'string', 'downloads every artifact there is'),
      ...unless(
        String(inputs['path']).startsWith('${{ runner.temp }}/'),
        'unpacks an artifact beside the code',
      ),
    ]);
}
