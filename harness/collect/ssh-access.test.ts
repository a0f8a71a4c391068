import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ConnectionLost, NotGathered } from './access.ts';
import { sshAccess } from './ssh-access.ts';

/**
 * Stands in for ssh(1): a shell reads the last word, as the one on the other side would. It writes down how it was
 * called, and lets nobody in whose destination is `closed`.
 */
const SSH = `#!/bin/sh
printf '%s\\n' "$*" >> "$CODE43_TEST_CALLS"
for word; do last=$word; done
case "$*" in
  *" -N -- closed") echo "closed: Permission denied (publickey)." >&2; exit 255 ;;
  *" -N -- "*) echo code43-connected >&2; exec sleep 600 ;;
  *) exec sh -c "$last" ;;
esac
`;

let folder = '';
let calls = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code43-fake-ssh-'));
  await writeFile(join(folder, 'ssh'), SSH);
  await chmod(join(folder, 'ssh'), 0o755);
  calls = join(folder, 'calls');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(() => {
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
  vi.stubEnv('CODE43_TEST_CALLS', calls);
  vi.stubEnv('TMPDIR', folder);
  return () => vi.unstubAllEnvs();
});

const LIMIT = { seconds: 20, bytes: 100_000 };

test('the words of a command arrive as they are, through two shells', async () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...Array.from(`'"\\$\`!*?{}()<>|&;#~- \n\t`)), maxLength: 8 }),
  );
  const words = fc.array(
    word.filter((text) => !text.includes('\0') && !/\p{Cs}/u.test(text)),
    { minLength: 1, maxLength: 5 },
  );
  await using host = await sshAccess('pve');
  await fc.assert(
    fc.asyncProperty(words, async (given) => {
      const { out } = await host.run(['printf', '%s\\0', ...given], LIMIT);
      expect(out.split('\0').slice(0, -1)).toEqual(given);
    }),
    { numRuns: 15 },
  );
});

test('the destination stands behind --, on one connection that nobody types a password for', async () => {
  await rm(calls, { force: true });
  {
    await using host = await sshAccess('-oProxyCommand=touch x');
    await host.run(['true'], LIMIT);
  }
  const lines = (await readFile(calls, 'utf8')).split('\n').filter((line) => line.startsWith('-S '));
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/^-S (\S+) -o BatchMode=yes .* -- -oProxyCommand=touch x/);
  expect(new Set(lines.map((line) => line.split(' ')[1])).size).toBe(1);
});

test('nothing is left behind', async () => {
  {
    await using host = await sshAccess('pve');
    expect((await readdir(folder)).filter((name) => name.startsWith('code43-ssh-'))).toHaveLength(1);
    await host.list('/', LIMIT);
  }
  expect((await readdir(folder)).filter((name) => name.startsWith('code43-ssh-'))).toEqual([]);
});

test('a host that lets nobody in is said to, in the words of ssh, and nothing is left behind', async () => {
  await expect(sshAccess('closed')).rejects.toThrow(ConnectionLost);
  await expect(sshAccess('closed')).rejects.toThrow(/Permission denied[^]*BatchMode=yes -- closed true/);
  expect((await readdir(folder)).filter((name) => name.startsWith('code43-ssh-'))).toEqual([]);
});

test('what is not there is told apart', async () => {
  await using host = await sshAccess('pve');
  await expect(host.run(['code43-no-such-program'], LIMIT)).rejects.toThrow(
    'there is no program code43-no-such-program',
  );
  await expect(host.read('/code43/no-such-file', LIMIT)).rejects.toThrow('there is no /code43/no-such-file');
  await expect(host.list('/code43', LIMIT)).rejects.toThrow(NotGathered);
  expect(await host.run(['sh', '-c', 'echo out; echo err >&2; exit 255'], LIMIT)).toEqual({
    out: 'out\n',
    err: 'err\n',
    code: 255,
    cut: false,
  });
});
