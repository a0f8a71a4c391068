import { spawn } from 'node:child_process';
import { existsSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { processesIn } from './first-process.ts';

const HOLDER = fileURLToPath(new URL('lab-holder.ts', import.meta.url));

/** Has a process make a node with a VM that runs, and kills it: no process, port or file of the node is left. */
export async function killedLabLeavesNothing(...words: readonly string[]): Promise<void> {
  const harness = spawn(process.execPath, ['--import', 'tsx', HOLDER, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of harness.stdout) {
    said += String(chunk);
    if (said.includes('\n')) break;
  }
  const [root = '', port = '', started = ''] = said.trim().split(' ');
  expect(started).toBe('0');
  const namespace = readlinkSync(join(root, '../ns/pid'));
  // The first process, the node, a QEMU.
  expect(processesIn(namespace).length).toBeGreaterThanOrEqual(3);
  harness.kill('SIGKILL');
  await expect.poll(() => processesIn(namespace), { timeout: 20_000 }).toEqual([]);
  const refused = await new Promise<string>((resolve) => {
    connect(Number(port), '127.0.0.1').on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? '');
    });
  });
  expect(refused).toBe('ECONNREFUSED');
  expect(existsSync(root)).toBe(false);
}
