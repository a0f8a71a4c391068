import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Script, traceOf, type DeepPartial } from '../judge/fixtures/traces.ts';
import { RULES_VERSION } from '../judge/rules.ts';
import { width } from '../report/terminal/width.ts';
import { digest } from '../trace/digest.ts';
import type { TraceHeader } from '../trace/header.ts';
import { code43, project as wholeProject } from './cli.fixture.ts';

const HISTORY = 'reports/results/n100/2026-01.jsonl';
const HEALTHY = new Script().boot().healthy(8).end();
const BROKEN = new Script().boot().code(43, 8).end();

/** A project whose only committed traces are the two of the reported case. */
async function project(): Promise<string> {
  const folder = await wholeProject();
  for (const others of ['failures', 'local'])
    await rm(join(folder, 'scenarios/traces', others), { recursive: true });
  return folder;
}

/** Puts a trace below reports/runs, as a run of the host n100 would leave it. */
async function leave(
  folder: string,
  id: string,
  script: Script,
  changes: DeepPartial<TraceHeader> = {},
): Promise<string> {
  const directory = join(folder, 'reports/runs', id);
  const host = { name: 'Intel N100 under Proxmox VE', ...changes.host };
  const made = traceOf(script, { id, ...changes, host });
  const events = made.events.map((event) => `${JSON.stringify(event)}\n`).join('');
  const sealed = { count: made.events.length, bytes: Buffer.byteLength(events), sha256: digest(events) };
  const whole = { ...made.header, events: 'events' in changes ? made.header.events : sealed };
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'events.jsonl'), events);
  await writeFile(join(directory, 'trace.json'), `${JSON.stringify(whole, null, 2)}\n`);
  return directory;
}

async function run(
  folder: string,
  ...words: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return code43(folder, words).done;
}

const history = async (folder: string): Promise<string> => readFile(join(folder, HISTORY), 'utf8');

test('runs are recorded once; what cannot be recorded is named and stops nothing', async () => {
  const folder = await project();
  await leave(folder, 'good', HEALTHY);
  await leave(folder, 'bad', BROKEN);
  await leave(folder, 'killed', BROKEN, { events: null });
  const damaged = await leave(folder, 'damaged', BROKEN);
  await writeFile(join(damaged, 'events.jsonl'), '{"n":1}\n');
  await cp(join(folder, 'scenarios/traces/n100/before'), join(folder, 'reports/runs/import'), {
    recursive: true,
  });

  const first = await run(folder, 'report', '--record');
  expect(first.code, first.stderr).toBe(0);
  expect(first.stdout).toContain(`Recorded 3 runs.\n  2 runs in ${HISTORY}\n`);
  expect(first.stdout).toContain('  1 run in reports/results/n100/undated.jsonl\n');
  expect(first.stdout).toContain('  killed: the run never ended');
  expect(first.stderr).toContain('left out reports/runs/damaged: events.jsonl:1');
  const recorded = await history(folder);
  expect(recorded.split('\n').map((line) => /"run":"(\w+)"/.exec(line)?.[1])).toEqual([
    'bad',
    'good',
    undefined,
  ]);

  const again = await run(folder, 'report', '--record', 'reports/runs');
  expect(again.stdout).toContain('Recorded 0 runs.\nAlready recorded: 3 runs.\n');
  expect(await history(folder)).toBe(recorded);
});

test('the site is built from history alone, and marks what is not in it', async () => {
  const folder = await project();
  await leave(folder, 'good', HEALTHY);
  expect((await run(folder, 'report', '--record')).code).toBe(0);
  await rm(join(folder, 'reports/runs'), { recursive: true });
  await leave(folder, 'bad', BROKEN);
  const { stdout } = await run(folder, 'report', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ runs: 4, recorded: null, leftOut: [], problems: [] });
  const index = await readFile(join(folder, 'reports/site/index.html'), 'utf8');
  const [, path = ''] = /href="(cells\/live-[0-9a-f]+\.html)"/.exec(index) ?? [];
  const page = await readFile(join(folder, 'reports/site', path), 'utf8');
  expect(page).toMatch(/flaky\s*(?:<!-- -->)?\s*1\/2/);
  expect(page).toContain('href="../runs/bad.html"');
  expect(page).not.toContain('href="../runs/good.html"');
  const { trace } = JSON.parse(await history(folder)) as { trace: string };
  expect(page).toContain(`<code class="digest">${trace}</code>`);
  expect(page.match(/not recorded/g)).toHaveLength(1);
});

test('rejudge lists what the rules of today say otherwise, records it when told, and is then quiet', async () => {
  const folder = await project();
  await leave(folder, 'good', HEALTHY);
  await leave(folder, 'bad', BROKEN);
  await run(folder, 'report', '--record');
  expect((await run(folder, 'rejudge')).code).toBe(0);

  // As older rules would have judged it.
  const older = (await history(folder))
    .replace(`"rules":"${RULES_VERSION}"`, '"rules":"0"')
    .replace('"verdict":"fail"', '"verdict":"pass"');
  await writeFile(join(folder, HISTORY), older);
  const changed = await run(folder, 'rejudge', 'reports/runs');
  expect(changed.code).toBe(1);
  expect(changed.stdout).toContain(`  run bad\n  rules 0 → ${RULES_VERSION}:\n    verdict: pass → fail\n`);
  expect(changed.stdout).toContain('2 traces: 1 changed, 1 as before.');
  expect(await history(folder)).toBe(older);

  const { stdout } = await run(folder, 'rejudge', '--json', '--record', 'reports/runs');
  expect(JSON.parse(stdout)).toMatchObject({
    changed: [{ run: 'bad', rulesBefore: '0', rules: RULES_VERSION, changed: [{ what: 'verdict' }] }],
    recorded: { added: [{ file: 'n100/2026-01.jsonl' }] },
  });
  const lines = (await history(folder)).trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines).toEqual(expect.arrayContaining(older.trimEnd().split('\n')));
  expect((await run(folder, 'rejudge', 'reports/runs')).code).toBe(0);
});

test('a trace that cannot be judged again is an error of the whole, and named', async () => {
  const folder = await project();
  const damaged = await leave(folder, 'damaged', BROKEN);
  await writeFile(join(damaged, 'events.jsonl'), '');
  const { code, stderr } = await run(folder, 'rejudge');
  expect(code).toBe(3);
  expect(stderr).toContain('left out reports/runs/damaged: ');
});

test('a named place without a trace is a usage error', async () => {
  const folder = await project();
  for (const command of ['rejudge', 'report']) {
    const { code, stderr } = await run(folder, command, 'scenarios/hosts');
    expect(code).toBe(2);
    expect(stderr).toContain('no trace at scenarios/hosts');
  }
});

test('lines of history that cannot be read are named by file and line, and what is printed fits 80 columns', async () => {
  const folder = await project();
  await leave(folder, 'good', HEALTHY);
  await run(folder, 'report', '--record');
  await writeFile(join(folder, HISTORY), `${await history(folder)}{"schema":2}\n\u001b[31m\n`);
  for (const words of [['report', '--record'], ['rejudge']]) {
    const { code, stdout, stderr } = await run(folder, ...words);
    expect(code).toBe(0);
    expect(stderr).toContain(`${HISTORY}:2 is of schema 2`);
    expect(stderr).toContain(`${HISTORY}:3 is not JSON`);
    const lines = `${stdout}${stderr}`.split('\n').filter((line) => !line.startsWith('building code43'));
    expect(lines.filter((line) => width(line) > 80)).toEqual([]);
  }
});
