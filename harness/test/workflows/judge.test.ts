import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileOf, scriptOf } from './script-of.fixture.ts';

const bound = scriptOf('publish.yml', 'judge', 'du -sm');
const judge = scriptOf('publish.yml', 'judge', 'report --record');
const makePatch = scriptOf('publish.yml', 'judge', 'git add');

let checkout: string;
let runner: string;
let traces: string;

/** As a hosted machine runs a step: `bash -e`, in a checkout of main, without anybody's git settings. */
function step(script: string) {
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
    cwd: checkout,
    encoding: 'utf8',
    env: { ...process.env, RUNNER_TEMP: runner, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });
  return { status, said: `${stdout}${stderr}`, lines: stdout.trimEnd().split('\n') };
}

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'code43-judge-'));
  runner = mkdtempSync(join(tmpdir(), 'code43-runner-'));
  traces = join(runner, 'traces');
  mkdirSync(traces);
  symlinkSync(fileOf('harness'), join(checkout, 'harness'));
  for (const part of ['.gitignore', 'roms', 'scenarios', 'reports/results'])
    cpSync(fileOf(part), join(checkout, part), { recursive: true });
  step('git init --quiet && git add reports');
  step('git -c user.name=a -c user.email=a@example.org commit --quiet --message=Begin');
});

afterEach(() => {
  rmSync(checkout, { recursive: true });
  rmSync(runner, { recursive: true });
});

test('what the lab uploaded is judged and recorded; what is damaged is named and left out', () => {
  cpSync(fileOf('scenarios/traces/n100/before'), join(traces, 'good'), { recursive: true });
  cpSync(fileOf('scenarios/traces/n100/after'), join(traces, 'bad'), { recursive: true });
  writeFileSync(join(traces, 'bad/events.jsonl'), '::error::evil\n');
  writeFileSync(join(traces, 'hello.sh'), 'exit 1\n');
  symlinkSync('/etc/passwd', join(traces, 'link'));
  expect(step(bound).status).toBe(0);

  const { status, said, lines } = step(judge);
  expect(status).toBe(0);
  expect(said).toMatch(/left out .*traces\/bad: events\.jsonl:1/);
  // Between the first line and the last one the runner takes no commands, and nobody can guess the word that ends it.
  const resume = /^::stop-commands::([0-9a-f]{32})$/.exec(lines[0] ?? '')?.[1];
  expect(lines.at(-1)).toBe(`::${String(resume)}::`);

  expect(step(makePatch).status).toBe(0);
  const patch = readFileSync(join(runner, 'history.patch'), 'utf8');
  expect(patch.match(/^\+\+\+ .*/gm)).toEqual(['+++ b/reports/results/n100/undated.jsonl']);
  expect(patch.match(/^\+\{/gm)).toHaveLength(1);
  expect(patch).toContain('new file mode 100644');
});

test('more files than a night makes are refused before any is read', () => {
  for (let n = 0; n < 5_000; n++) writeFileSync(join(traces, `${n}`), '');
  expect(step(bound).status).not.toBe(0);
});
