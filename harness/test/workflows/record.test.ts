import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scriptOf } from './script-of.fixture.ts';

const makePatch = scriptOf('publish.yml', 'judge', 'git add');
const takePatch = scriptOf('publish.yml', 'record', 'git apply');

const old = 'reports/results/n100/2026-10.jsonl';
let temp: string;

/** As a hosted machine runs a step: `bash -e`, in a checkout of main, without anybody's git settings. */
function bash(script: string, cwd: string) {
  return spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 16 * 1_048_576,
    env: {
      PATH: process.env['PATH'],
      RUNNER_TEMP: join(temp, 'runner'),
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.org',
    },
  });
}

function git(cwd: string, command: string): string {
  const { status, stdout, stderr } = bash(`git ${command}`, join(temp, cwd));
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function write(path: string, text: string): void {
  const file = join(temp, 'judge', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Runs the step of the job that may write, on a patch; says how it ended and what main got. */
function record(patch: string) {
  mkdirSync(join(temp, 'runner/history'), { recursive: true });
  writeFileSync(join(temp, 'runner/history/history.patch'), patch);
  const { status } = bash(takePatch, join(temp, 'record'));
  return {
    status,
    commits: git('origin', 'log --format=%s%n --name-only main -- .').split('\n').filter(Boolean),
  };
}

beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'code43-record-'));
  mkdirSync(join(temp, 'runner'));
  bash('git init --quiet --bare --initial-branch=main origin && git clone --quiet origin judge', temp);
  write(old, '{"run":1}\n{"run":2}\n');
  write('.github/workflows/lab.yml', 'on: push\n');
  git('judge', 'add --all');
  git('judge', 'commit --quiet --message=Begin');
  git('judge', 'push --quiet origin HEAD:main');
  git('judge', 'clone --quiet ../origin ../record');
});

afterEach(() => {
  rmSync(temp, { recursive: true });
});

const BEFORE = ['Begin', '.github/workflows/lab.yml', old];

test('lines that history got are committed, in files that were there and in new ones', () => {
  write(old, '{"run":1}\n{"run":2}\n{"run":3}\n');
  write('reports/results/somebody-s-pc/undated.jsonl', '{"run":4}\n');
  // What else a judge leaves in its checkout is not taken along.
  write('harness/cli/main.ts', 'evil');
  expect(bash(makePatch, join(temp, 'judge')).status).toBe(0);
  const patch = bash('cat "$RUNNER_TEMP/history.patch"', temp).stdout;
  expect(record(patch)).toEqual({
    status: 0,
    commits: ['Record what the lab saw', old, 'reports/results/somebody-s-pc/undated.jsonl', ...BEFORE],
  });
  expect(git('origin', `show main:${old}`)).toBe('{"run":1}\n{"run":2}\n{"run":3}\n');
});

test('where nothing is new, nothing is committed', () => {
  expect(bash(makePatch, join(temp, 'judge')).status).toBe(0);
  const patch = bash('cat "$RUNNER_TEMP/history.patch"', temp).stdout;
  expect(record(patch)).toEqual({ status: 0, commits: BEFORE });
});

const file = 'reports/results/n100/2026-11.jsonl';

test.each<[string, () => void]>([
  [
    'changes a line',
    () => {
      write(old, '{"run":1}\n{"run":9}\n');
    },
  ],
  [
    'takes a line away',
    () => {
      write(old, '{"run":1}\n');
    },
  ],
  [
    'puts a line away and adds more',
    () => {
      write(old, '{"run":2}\n{"run":3}\n{"run":4}\n');
    },
  ],
  [
    'deletes a file',
    () => {
      git('judge', `rm --quiet ${old}`);
    },
  ],
  [
    'renames a file',
    () => {
      git('judge', `mv ${old} ${file}`);
    },
  ],
  [
    'changes a workflow',
    () => {
      write('.github/workflows/lab.yml', 'on: push\njobs: {}\n');
    },
  ],
  [
    'adds code',
    () => {
      write('harness/cli/main.ts', 'evil\n');
    },
  ],
  [
    'adds code beside good lines',
    () => {
      write(file, '{}\n');
      write('harness/cli/main.ts', 'evil\n');
    },
  ],
  [
    'adds something else to history',
    () => {
      write('reports/results/schema.json', '{}\n');
    },
  ],
  [
    'adds a file that git obeys',
    () => {
      write('reports/results/n100/.gitattributes', '* -diff\n');
    },
  ],
  [
    'adds a deeper folder',
    () => {
      write('reports/results/a/b/2026-11.jsonl', '{}\n');
    },
  ],
  [
    'adds a name with a line break',
    () => {
      write('x\nreports/results/n100/2026-11.jsonl', '{}\n');
    },
  ],
  [
    'adds a link',
    () => {
      write('reports/results/n100/a', '');
      symlinkSync('/etc/passwd', join(temp, 'judge', file));
      rmSync(join(temp, 'judge/reports/results/n100/a'));
    },
  ],
  [
    'adds a program',
    () => {
      write(file, '{}\n');
      chmodSync(join(temp, 'judge', file), 0o755);
    },
  ],
  [
    'makes a file a program',
    () => {
      chmodSync(join(temp, 'judge', old), 0o755);
    },
  ],
  [
    'adds bytes that are no text',
    () => {
      write(file, 'a\0b');
    },
  ],
])('a patch that %s is refused as a whole', (_, change) => {
  change();
  git('judge', 'add --all');
  const patch = git('judge', 'diff --cached --binary --no-color --no-ext-diff');
  expect(patch).not.toBe('');
  const { status, commits } = record(patch);
  expect(status).not.toBe(0);
  expect(commits).toEqual(BEFORE);
});

test.each([
  '../outside.jsonl',
  '.git/hooks/pre-commit',
  '/tmp/code43-outside',
  'reports/results/../../x.jsonl',
])('a patch for %s is refused as a whole', (path) => {
  const patch = `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+evil\n`;
  const { status, commits } = record(patch);
  expect(status).not.toBe(0);
  expect(commits).toEqual(BEFORE);
});

test('a patch of more than 4 MiB is refused', () => {
  write(file, `${'x'.repeat(99)}\n`.repeat(50_000));
  git('judge', 'add --all');
  const { status, commits } = record(git('judge', 'diff --cached'));
  expect(status).not.toBe(0);
  expect(commits).toEqual(BEFORE);
});
