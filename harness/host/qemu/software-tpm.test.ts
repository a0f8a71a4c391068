import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import type { Observation } from '../../trace/event.ts';
import { alive } from '../../test/alive.ts';
import { needs } from '../../test/tier.ts';
import { SoftwareTpm } from './software-tpm.ts';

const tpmTest = needs('setpriv', 'swtpm');

function pidIn(seen: readonly Observation[]): number {
  return seen.flatMap((one) => (one.ch === 'exec' && one.kind === 'spawn' ? [one.pid] : [])).at(-1) ?? 0;
}

for (const version of ['v1.2', 'v2.0'] as const)
  tpmTest(`a TPM of ${version} is ready at each start, and ends though no VM ever spoke to it`, async () => {
    const seen: Observation[] = [];
    const pids: number[] = [];
    {
      await using tpm = new SoftwareTpm(version);
      for (let start = 0; start < 2; start += 1) {
        const socket = await tpm.start((one) => seen.push(one));
        pids.push(pidIn(seen));
        expect(pids.map(alive)).toEqual(pids.map((_pid, i) => i === pids.length - 1));
        socket.destroy();
      }
    }
    expect(pids.map(alive)).toEqual([false, false]);
    expect(seen.filter((one) => one.ch === 'exec' && one.kind === 'exit')).toHaveLength(2);
  });

tpmTest('one that cannot run says why', async () => {
  vi.stubEnv('PATH', '/nonexistent');
  try {
    await using tpm = new SoftwareTpm('v2.0');
    await expect(tpm.start(() => undefined)).rejects.toThrow(/setpriv|swtpm/);
  } finally {
    vi.unstubAllEnvs();
  }
});

tpmTest('a TPM dies with a harness that is killed', async () => {
  const holder = fileURLToPath(new URL('../../test/tpm-holder.ts', import.meta.url));
  const harness = spawn(process.execPath, ['--import', 'tsx', holder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(harness.stdout, 'data')) as [Buffer];
  const pid = Number(String(said));
  expect(alive(pid)).toBe(true);
  harness.kill('SIGKILL');
  await expect.poll(() => alive(pid), { timeout: 10_000 }).toBe(false);
});
