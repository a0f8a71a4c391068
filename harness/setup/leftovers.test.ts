import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { leftovers } from './leftovers.mjs';

test('a process that outlives its parent is found by the mark it inherited', async () => {
  // The shell ends at once; what it started stays, with another parent.
  const script = 'sleep 600 >/dev/null 2>&1 & echo $!';
  const shell = spawn('sh', ['-c', script], { env: { ...process.env, PLANTED: 'here' } });
  const [printed] = (await once(shell.stdout, 'data')) as [Buffer];
  await once(shell, 'close');
  const pid = Number(printed.toString());
  try {
    expect(leftovers('PLANTED=here')).toEqual([{ pid, command: 'sleep 600' }]);
    expect(leftovers('PLANTED=elsewhere')).toEqual([]);
  } finally {
    process.kill(pid, 'SIGKILL');
  }
});
