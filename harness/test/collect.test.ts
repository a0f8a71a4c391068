import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { code43 } from './cli.fixture.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'code43-collect-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('this machine’s facts become one archive that only its owner may read', async () => {
  const place = await folder();
  const { code, stderr, stdout } = await code43(place, ['collect']).done;
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/gathered; not gathered:/);
  expect(await readdir(place)).toEqual(['code43-collected.tar.gz']);
  expect((await stat(join(place, 'code43-collected.tar.gz'))).mode & 0o777).toBe(0o600);
  execFileSync('tar', ['-xzf', 'code43-collected.tar.gz'], { cwd: place });
  const inside = join(place, 'code43-collected');
  const read = (name: string): Promise<string> => readFile(join(inside, name), 'utf8');
  expect(await read('collected.txt')).toMatch(/^gathered {2}kernel-command-line\.txt/m);
  expect(await read('kernel-command-line.txt')).toMatch(/^root@host:~# cat \/proc\/cmdline\n\S/);
  expect(await read('machine.txt')).toContain(execFileSync('uname', ['-sr'], { encoding: 'utf8' }));
  for (const name of await readdir(inside)) {
    const text = await read(name);
    if (hostname().length >= 6) expect(text, name).not.toContain(hostname());
    // Nothing that looks like a MAC address but the stand-ins.
    expect(text.replaceAll(/02:00:00:00:00:[0-9a-f]{2}/g, ''), name).not.toMatch(
      /\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b/i,
    );
  }
});

test('somebody else’s file is not replaced, an archive of before is', async () => {
  const place = await folder();
  const out = join(place, 'a.tar.gz');
  await writeFile(out, 'not an archive');
  const refused = await code43(place, ['collect', '--out', out]).done;
  expect([refused.code, await readFile(out, 'utf8')]).toEqual([2, 'not an archive']);
  expect(refused.stderr).toContain('--force replaces it');
  expect((await code43(place, ['collect', '--out', out, '--force']).done).code).toBe(0);
  expect((await code43(place, ['collect', '--out', out]).done).code).toBe(0);
  expect(await readdir(place)).toEqual(['a.tar.gz']);
});

test('Ctrl-C leaves nothing', async () => {
  const place = await folder();
  const { child, done } = code43(place, ['collect']);
  await once(child.stderr ?? child, 'data');
  child.kill('SIGINT');
  const { code, stderr } = await done;
  expect(code).toBe(130);
  expect(stderr).toMatch(/\nStopping: nothing will be written\. Once more ends it at once\.\n/);
  expect(stderr).toMatch(/code43: stopped by the user\. Nothing was written, .*\n$/);
  expect(await readdir(place)).toEqual([]);
});

test('the doctor says what this machine lacks, and its exit code says so', async () => {
  const place = await folder();
  const { code, stdout } = await code43(place, ['doctor', '--json']).done;
  const { readiness, checks } = JSON.parse(stdout) as {
    readiness: string;
    checks: readonly { state: string }[];
  };
  expect(code).toBe({ ready: 0, 'not-ready': 1, unknown: 4 }[readiness]);
  const bad = checks.some(({ state }) => state === 'not-ok');
  expect(readiness === 'not-ready').toBe(bad);
});

test.each([[['collect', 'x']], [['doctor', '-1']], [['collect', '--host', 'code43.invalid']]])(
  'code43 %j is refused',
  async (words) => {
    const { code, stderr } = await code43(await folder(), words).done;
    expect(code).toBe(2);
    expect(stderr).toMatch(/number of a VM|does not answer over ssh|unknown option/);
  },
);
