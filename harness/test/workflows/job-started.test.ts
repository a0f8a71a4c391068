import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileOf } from './script-of.fixture.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'code43-hook-'));
  copyFileSync(fileOf('.github/lab/job-started.sh'), join(folder, 'job-started.sh'));
  writeFileSync(join(folder, 'repository'), 'owner/twin\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const GOOD = {
  GITHUB_WORKFLOW_REF: 'owner/twin/.github/workflows/lab.yml@refs/heads/main',
  GITHUB_EVENT_NAME: 'schedule',
};

/** As the runner starts its hook (actions/runner 2.336.0, JobHookProvider). */
function hook(env: Readonly<Record<string, string>>) {
  const { status, stderr } = spawnSync('bash', ['-e', join(folder, 'job-started.sh')], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  });
  return { status, stderr };
}

test.each(['schedule', 'workflow_dispatch'])('the lab takes its own job, started by %s', (event) => {
  expect(hook({ ...GOOD, GITHUB_EVENT_NAME: event })).toEqual({ status: 0, stderr: '' });
});

test.each([
  ['a pull request', { GITHUB_EVENT_NAME: 'pull_request' }],
  [
    'a pull request’s own lab.yml',
    { GITHUB_WORKFLOW_REF: 'owner/twin/.github/workflows/lab.yml@refs/pull/7/merge' },
  ],
  ['another branch', { GITHUB_WORKFLOW_REF: 'owner/twin/.github/workflows/lab.yml@refs/heads/mine' }],
  ['another workflow', { GITHUB_WORKFLOW_REF: 'owner/twin/.github/workflows/evil.yml@refs/heads/main' }],
  ['another repository', { GITHUB_WORKFLOW_REF: 'evil/twin/.github/workflows/lab.yml@refs/heads/main' }],
  ['a job that does not say', { GITHUB_WORKFLOW_REF: '' }],
  ['a push', { GITHUB_EVENT_NAME: 'push' }],
])('the lab refuses %s', (_, change) => {
  const { status, stderr } = hook({ ...GOOD, ...change });
  expect(status).toBe(1);
  expect(stderr).toContain('The lab refuses this job');
});

test('a file named stop switches the lab off', () => {
  writeFileSync(join(folder, 'stop'), '');
  expect(hook(GOOD)).toMatchObject({ status: 1, stderr: expect.stringContaining('switched off') as string });
});

test('a lab that was told no repository takes no job', () => {
  rmSync(join(folder, 'repository'));
  expect(hook(GOOD).status).not.toBe(0);
  writeFileSync(join(folder, 'repository'), '');
  expect(
    hook({ ...GOOD, GITHUB_WORKFLOW_REF: '/.github/workflows/lab.yml@refs/heads/main' }).status,
  ).not.toBe(0);
});
