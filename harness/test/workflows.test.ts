import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { expect, test } from 'vitest';
import { nameProblems, policyProblems } from './workflows/policy.ts';

const folder = resolve(import.meta.dirname, '../../.github/workflows');
const files = readdirSync(folder);
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** What GitHub's own parser has against a workflow. */
async function parserProblems(name: string, content: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const template = value && (await convertWorkflowTemplate(context, value));
  const problems = context.errors.getErrors().map(({ message }) => message);
  return [...problems, ...(template?.errors ?? []).map(({ Message }) => Message)];
}

/** What the policy has against a workflow after one change to it. */
function afterChange(file: string, good: string | RegExp, bad: string): string {
  const text = read(file);
  const changed = text.replace(good, bad);
  expect(changed).not.toBe(text);
  return policyProblems(file, changed).join('\n');
}

test.each(files)('GitHub can read %s', async (name) => {
  expect(await parserProblems(name, read(name))).toEqual([]);
});

test.each(files)('%s does nothing that it must not', (name) => {
  expect(policyProblems(name, read(name))).toEqual([]);
});

test('no two workflows have one name', () => {
  expect(nameProblems(files.map(read))).toEqual([]);
  expect(nameProblems([read('lab.yml'), read('lab.yml')])).toHaveLength(1);
});

test('exactly one workflow runs on a machine of our own', () => {
  expect(files.filter((name) => /^ *runs-on:(?! ubuntu-\d\d\.\d\d$)/m.test(read(name)))).toEqual(['lab.yml']);
  expect(policyProblems('other.yml', read('lab.yml'))).toContain(
    'lab: runs elsewhere than on ubuntu-<version>',
  );
});

test('the check workflow runs what .ci/run runs, on every Node that is supported', () => {
  const text = read('check.yml');
  expect(text).toContain('- run: .ci/run');
  expect(text).toContain('node: [20, 22, 24]');
});

test.each([
  ['check.yml', '  pull_request:', '  pull_requst:'],
  ['check.yml', '    runs-on:', '    run-on:'],
  ['check.yml', '    steps:', '    needs: nobody\n    steps:'],
  ['lab.yml', 'vars.LAB_REPOSITORY', 'runner.temp'],
  ['publish.yml', 'needs: judge', 'needs: jugde'],
])("GitHub's parser notices %s with %j becoming %j", async (file, good, bad) => {
  expect(await parserProblems(file, read(file).replace(good, bad))).not.toEqual([]);
});

test.each([
  ['  pull_request:', '  pull_request_target:', 'runs on pull_request_target'],
  ['  pull_request:', '  workflow_run: { workflows: [lab] }', 'runs on workflow_run'],
  ['permissions: {}', 'permissions: write-all', 'permissions at the top'],
  ['contents: read', 'contents: write', 'permissions are not'],
  ['runs-on: ubuntu-24.04', 'runs-on: self-hosted', 'runs elsewhere'],
  ['runs-on: ubuntu-24.04', 'runs-on: [ubuntu-24.04, n100]', 'runs elsewhere'],
  ['runs-on: ubuntu-24.04', 'runs-on: { group: lab }', 'runs elsewhere'],
  ['runs-on: ubuntu-24.04', 'runs-on: ${{ inputs.where }}', 'runs elsewhere'],
  ['timeout-minutes: 30', 'continue-on-error: true', 'no timeout'],
  [/checkout@[0-9a-f]+/, 'checkout@v7', 'not pinned to a commit'],
  [/@sha256:[0-9a-f]+/, '', 'not pinned to a digest'],
  ['persist-credentials: false', 'fetch-depth: 0', 'keeps its token'],
  ['run: npm ci', 'run: npm ci ${{ github.head_ref }}', 'an expression into a shell script'],
  ['run: npm ci', 'run: npm ci\n        env: { T: "${{ secrets.T }}" }', 'asks for secrets'],
  ['package-manager-cache: false', 'cache: npm', 'restores a cache'],
  [/uses: actions\/setup-node@/, 'uses: actions/cache@', 'restores a cache'],
])('an open workflow: the policy notices %s becoming %s', (good, bad, problem) => {
  expect(afterChange('check.yml', good, bad)).toContain(problem);
});

test.each([
  ['  schedule:', '  pull_request:\n  schedule:', 'started by more than'],
  ['  schedule:', '  pull_request_target:\n  schedule:', 'started by more than'],
  ['  schedule:', '  push:\n  schedule:', 'started by more than'],
  ['  schedule:', '  workflow_call:\n  schedule:', 'started by more than'],
  ['github.repository == vars.LAB_REPOSITORY', 'true', 'not guarded'],
  ["github.ref == 'refs/heads/main'", 'true', 'not guarded'],
  ["github.ref == 'refs/heads/main' &&", "github.ref == 'refs/heads/main' ||", 'not guarded'],
  ['[self-hosted, code43-lab]', '[self-hosted, ubuntu-24.04]', 'runs elsewhere'],
  ['[self-hosted, code43-lab]', '${{ inputs.target }}', 'runs elsewhere'],
  ['contents: read', 'contents: write', 'permissions are not'],
  ['contents: read', 'contents: read\n      id-token: write', 'permissions are not'],
  ['cancel-in-progress: false', 'cancel-in-progress: true', 'one at a time'],
  ['group: lab', 'group: lab-${{ github.run_id }}', 'one at a time'],
  ['${{ vars.LAB_HOST }}', '${{ secrets.LAB_HOST }}', 'asks for secrets'],
  ['${{ vars.LAB_HOST }}', '${{ github.token }}', 'hands HOST to the shell'],
  ['HOST: ${{', 'BASH_ENV: ${{', 'hands BASH_ENV to the shell'],
  ['"$TARGET"', '${{ inputs.target }}', 'an expression into a shell script'],
  ['"$TARGET"', '$TARGET', 'more than the installed code43'],
  ['run: code43', 'run: npx code43', 'more than the installed code43'],
  ['run: code43', 'run: ./harness/cli/bin.mjs', 'more than the installed code43'],
  ['-- "$TARGET"', '-- "$TARGET" && sh -c evil', 'more than the installed code43'],
  ['run: code43', 'shell: bash\n        run: code43', 'chooses a shell'],
  [/actions\/upload-artifact@/, 'somebody/upload@', 'uses somebody/upload'],
  [/upload-artifact@[0-9a-f]+/, 'upload-artifact@v7', 'not pinned to a commit'],
  ['            /roms/', '            /roms/\n            /harness/', 'checks out more'],
  ['persist-credentials: false', 'ref: evil\n          persist-credentials: false', 'checks out more'],
  ['persist-credentials: false', 'persist-credentials: true', 'keeps its token'],
  ['    runs-on:', '    container: debian\n    runs-on:', 'has container'],
  ['    runs-on:', '    outputs: { a: b }\n    runs-on:', 'has outputs'],
  ['    timeout-minutes: 330\n', '', 'no timeout'],
  ['jobs:', 'jobs:\n  other: { runs-on: ubuntu-24.04, timeout-minutes: 1 }', 'more than one job'],
  ['permissions: {}', 'permissions: {}\nenv: { A: b }', 'sets env'],
])('lab.yml: the policy notices %j becoming %j', (good, bad, problem) => {
  expect(afterChange('lab.yml', good, bad)).toContain(problem);
});

test.each([
  ['workflows: [lab]', 'workflows: [lab, check]', 'more than the lab'],
  ['    branches: [main]\n', '', 'more than the lab'],
  ['  workflow_dispatch:', '  pull_request_target:', 'more than the lab'],
  ['workflow_run.head_repository.full_name ==', 'repository.full_name ==', 'not of the lab'],
  ["workflow_run.head_branch == 'main'", 'workflow_run.id', 'not of the lab'],
  ['"schedule", ', '"schedule", "pull_request", ', 'not of the lab'],
  ["== 'workflow_dispatch' && github.ref", "== 'workflow_dispatch' || github.ref", 'not of the lab'],
  ['    needs: judge\n', '', 'record: does not wait'],
  ['runs-on: ubuntu-24.04', 'runs-on: [self-hosted, code43-lab]', 'runs elsewhere'],
  ['      actions: read\n', '      actions: write\n', 'rights that none'],
  ['      contents: write', '      contents: write\n      actions: write', 'rights that none'],
  ['git apply --index', 'npm ci && git apply --index', 'runs code beside'],
  ['${{ runner.temp }}/traces', '.', 'beside the code'],
  ['          name: traces\n', '', 'every artifact'],
  ['package-manager-cache: false', 'cache: npm', 'restores a cache'],
  ['github-token: ${{ github.token }}', 'github-token: ${{ secrets.PAT }}', 'asks for secrets'],
  ['/runs/$RUN/', '/runs/${{ github.event.workflow_run.id }}/', 'an expression into a shell script'],
])('publish.yml: the policy notices %j becoming %j', (good, bad, problem) => {
  expect(afterChange('publish.yml', good, bad)).toContain(problem);
});
