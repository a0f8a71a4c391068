import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { failing, passing, repeats, statement } from '../fixtures/samples.ts';
import type { SampleRun } from '../fixtures/sample-run.ts';
import { readHistory } from './history.ts';
import { judgementsByRun } from './judgements.ts';
import type { RunRecord } from './line.ts';
import { recordRuns, type Candidate, type Recorded } from './record-runs.ts';
import { runRecord } from './run-record.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code43-history-'));
});
afterEach(() => rm(folder, { recursive: true }));

const of = ({ header, result }: SampleRun, changes: Partial<RunRecord> = {}): Candidate => ({
  record: { ...runRecord(header, result, null), ...changes },
  host: 'n100',
});
const record = (...candidates: Candidate[]): Promise<Recorded> =>
  recordRuns(folder, candidates, { again: false });
const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
const MONTH = 'n100/2026-11.jsonl';

test('a run gets its line in the file of its host and month, undated ones in a file of their own', async () => {
  const { added } = await record(of(passing), of(statement));
  expect(added.map(({ file }) => file)).toEqual([MONTH, 'n100/undated.jsonl']);
  expect((await read(MONTH)).split('\n')).toHaveLength(2);
});

test('recording twice adds nothing and leaves the file as it was', async () => {
  await record(...repeats.map((run) => of(run)));
  const before = await read(MONTH);
  const again = await record(...repeats.map((run) => of(run)), of(repeats[0] ?? passing));
  expect(again.added).toEqual([]);
  expect(again.known).toHaveLength(repeats.length + 1);
  expect(await read(MONTH)).toBe(before);
});

test('lines stand in order of time, in whatever order they were recorded', async () => {
  await record(of(failing), of(passing));
  await record(...repeats.toReversed().map((run) => of(run)));
  const { lines } = await readHistory(folder);
  const begun = lines.map(({ line }) => line.started);
  expect(begun).toHaveLength(7);
  expect(begun).toEqual(begun.toSorted());
});

test.each(['../../etc', '/', '..', 'Ünï/..\u0000', 'x'.repeat(5_000), ''])(
  'a host that is called %j stays below the folder',
  async (host) => {
    const { added } = await record({ ...of(passing), host });
    expect(added[0]?.file).toMatch(/^[a-z0-9][a-z0-9-]{0,59}\/2026-11\.jsonl$/);
    expect((await readHistory(folder)).lines).toHaveLength(1);
  },
);

test('a run that never ended is refused, and the others are recorded', async () => {
  const { added, refused } = await record(of(failing, { trace: null }), of(passing));
  expect(added).toHaveLength(1);
  expect(refused).toEqual([
    { run: failing.result.run, why: expect.stringContaining('never ended') as string },
  ]);
});

test('a second trace under the id of a recorded run is refused', async () => {
  await record(of(passing));
  const { refused } = await record(of(passing, { trace: 'b'.repeat(64), verdict: 'fail' }));
  expect(refused[0]?.why).toContain('is recorded with another trace, a3a3a3a3a3a3…');
});

test('a judgement by newer rules is added when it is asked for, counts, and takes nothing away', async () => {
  await record(of(passing, { rules: '9' }));
  const newer = of(passing, { rules: '10', verdict: 'fail' });
  expect(await record(newer)).toMatchObject({ added: [], known: [{ byOlderRules: true }] });
  await recordRuns(folder, [newer, of(passing, { rules: '2' })], { again: true });
  const lines = (await readHistory(folder)).lines.map(({ line }) => line);
  expect(lines.map(({ rules }) => rules)).toEqual(['9', '10']);
  const judged = judgementsByRun(lines).get(passing.result.run);
  expect(judged?.standing).toMatchObject({ rules: '10', verdict: 'fail' });
  expect(judged?.earlier).toMatchObject([{ rules: '9', verdict: 'pass' }]);
});

test('lines that cannot be read are named with their place and stay byte for byte', async () => {
  await record(of(passing));
  const [old = ''] = (await read(MONTH)).split('\n');
  const odd = Buffer.concat([
    Buffer.from(
      `{"schema":7,"run":"from the future"}\n${old}\n${old.replaceAll('a3', 'b4')}\nno JSON \u001b[31m\n`,
    ),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('x'.repeat(50_000)),
  ]);
  await appendFile(join(folder, MONTH), odd);
  const before = await readFile(join(folder, MONTH));
  await record(of(failing));
  const after = await readFile(join(folder, MONTH));
  expect(after.subarray(0, before.length)).toEqual(before);
  const { lines, problems } = await readHistory(folder);
  expect(lines.map(({ line }) => line.run)).toEqual([passing.result.run, failing.result.run]);
  expect(problems.map(({ file, number, kind }) => [file, number, kind])).toEqual([
    [MONTH, 2, 'newer'],
    [MONTH, 3, 'duplicate'],
    [MONTH, 4, 'conflict'],
    [MONTH, 5, 'damaged'],
    [MONTH, 6, 'damaged'],
  ]);
});

test('what a killed process left half written is gone, and nothing else is', async () => {
  await mkdir(join(folder, 'n100'));
  await writeFile(join(folder, 'n100/notes.tmp'), 'mine');
  await writeFile(join(folder, `${MONTH}.3f0c8a52-9d0e-4b51-8a51-1c9d0a7e6f21.tmp`), '{"schema"');
  await record(of(passing));
  expect((await readdir(join(folder, 'n100'))).sort()).toEqual(['2026-11.jsonl', 'notes.tmp']);
});

/** A process of its own that records runs `<name>0`, `<name>1`, … one by one and says each. */
function recorder(name: string, count: number): ChildProcess {
  const script = `
    import { passing } from ${JSON.stringify(import.meta.resolve('../fixtures/samples.ts'))};
    import { runRecord } from ${JSON.stringify(import.meta.resolve('./run-record.ts'))};
    import { recordRuns } from ${JSON.stringify(import.meta.resolve('./record-runs.ts'))};
    const [folder, name, count] = process.argv.slice(-3);
    for (let n = 0; n < Number(count); n += 1) {
      const record = { ...runRecord(passing.header, passing.result, null), run: name + n };
      await recordRuns(folder, [{ record, host: 'n100' }], { again: false });
      console.log(record.run);
    }`;
  const loader = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script];
  const child = spawn(process.execPath, [...loader, '--', folder, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('two processes that record at once lose no line', async () => {
  const children = ['a', 'b'].map((name) => recorder(name, 5));
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as number));
  expect(codes).toEqual([0, 0]);
  const runs = (await readHistory(folder)).lines.map(({ line }) => line.run);
  expect(runs.toSorted()).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'b0', 'b1', 'b2', 'b3', 'b4']);
});

test('a process that is killed while it records leaves whole files, no lock, and all it said it had done', async () => {
  const child = recorder('k', 10_000);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await vi.waitFor(
    () => {
      expect(said).toContain('k3\n');
    },
    { timeout: 60_000, interval: 5 },
  );
  child.kill('SIGKILL');
  await once(child, 'close');
  const { added } = await record(of(failing));
  expect(added).toHaveLength(1);
  const { lines, problems } = await readHistory(folder);
  expect(problems).toEqual([]);
  expect(lines.map(({ line }) => line.run)).toEqual(
    expect.arrayContaining([failing.result.run, ...said.trimEnd().split('\n')]),
  );
  expect(await readdir(join(folder, 'n100'))).toEqual(['2026-11.jsonl']);
});
