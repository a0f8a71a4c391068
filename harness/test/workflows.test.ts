import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { expect, test } from 'vitest';
import { policyProblems } from './workflow-policy.ts';

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

test.each(files)('GitHub can read %s', async (name) => {
  expect(await parserProblems(name, read(name))).toEqual([]);
});

test.each(files)('%s is safe to run for strangers', (name) => {
  expect(policyProblems(read(name))).toEqual([]);
});

test('the check workflow runs what .ci/run runs, on every Node that is supported', () => {
  const text = read('check.yml');
  expect(text).toContain('- run: .ci/run');
  expect(text).toContain('node: [20, 22, 24]');
});

test.each([
  ['  pull_request:', '  pull_requst:'],
  ['    runs-on:', '    run-on:'],
  ['    steps:', '    needs: nobody\n    steps:'],
])("GitHub's parser notices %j becoming %j", async (good, bad) => {
  expect(await parserProblems('check.yml', read('check.yml').replace(good, bad))).not.toEqual([]);
});

test.each([
  ['  pull_request:', '  pull_request_target:', 'pull_request_target'],
  ['permissions: {}', 'permissions: write-all', 'permissions at the top'],
  ['contents: read', 'contents: write', 'permissions are not'],
  ['runs-on: ubuntu-24.04', 'runs-on: self-hosted', 'runs elsewhere'],
  ['runs-on: ubuntu-24.04', 'runs-on: [ubuntu-24.04, n100]', 'runs elsewhere'],
  ['runs-on: ubuntu-24.04', 'runs-on: ${{ inputs.where }}', 'runs elsewhere'],
  ['timeout-minutes: 30', 'continue-on-error: true', 'no timeout'],
  [/checkout@[0-9a-f]+/, 'checkout@v7', 'not pinned to a commit'],
  [/@sha256:[0-9a-f]+/, '', 'not pinned to a digest'],
  ['persist-credentials: false', 'fetch-depth: 0', 'keeps its token'],
])('the policy notices %s becoming %s', (good, bad, problem) => {
  expect(policyProblems(read('check.yml').replace(good, bad)).join('\n')).toContain(problem);
});
