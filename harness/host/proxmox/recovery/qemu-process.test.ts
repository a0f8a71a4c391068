import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished } from 'vitest';
import { alive } from '../../../test/alive.ts';
import { needs } from '../../../test/tier.ts';
import { plainMachine } from '../lease/plain-machine.fixture.ts';
import { killQemu, qemuProcess } from './qemu-process.ts';
import { RungFailed } from './rung-failed.ts';

const perlTest = needs('perl');
const directory = mkdtempSync(join(tmpdir(), 'code43-qemu-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const node = plainMachine();

/** A process whose command line is as QEMU's of that VM, with its number in a file. */
async function runs(
  vmid: number,
  ...words: readonly string[]
): Promise<ChildProcess & { readonly pid: number }> {
  const child = spawn('sh', ['-c', 'echo up; read _', 'kvm', ...words], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const { pid } = child;
  if (pid === undefined) throw new Error('not started');
  writeFileSync(join(directory, `${vmid}.pid`), `${pid}\n`);
  return Object.assign(child, { pid });
}

perlTest('a VM without a file, with rubbish in it, or with the number of nobody has no QEMU', async () => {
  expect(await qemuProcess(node, 100, directory)).toBeNull();
  for (const text of ['', 'abc\n', '99999999999999\n', '-1\n', '1 2\n', '4194305\n']) {
    writeFileSync(join(directory, '101.pid'), text);
    expect(await qemuProcess(node, 101, directory)).toBeNull();
  }
});

perlTest('a number that is another process by now is no QEMU, and is left alone', async () => {
  const file = join(directory, '110.pid');
  const others = [
    [],
    ['-pidfile', `${file}x`],
    ['-name', file],
    ['-pidfile'],
    ['-pidfilex', file],
    [file, '-pidfile'],
  ];
  for (const words of others) {
    const other = await runs(110, ...words);
    expect(await qemuProcess(node, 110, directory)).toBeNull();
    await expect(killQemu(node, 110, { pid: other.pid, start: '1' }, directory)).rejects.toThrow(RungFailed);
    expect(alive(other.pid)).toBe(true);
  }
});

perlTest('the QEMU of a VM is found and killed, unless it is another than was seen', async () => {
  const qemu = await runs(112, '-id', '112', '-pidfile', join(directory, '112.pid'), '-name', 'win');
  const seen = await qemuProcess(node, 112, directory);
  expect(seen?.pid).toBe(qemu.pid);
  if (seen === null) throw new Error('not found');
  await expect(killQemu(node, 112, { ...seen, start: '1' }, directory)).rejects.toThrow(
    /is not QEMU of VM 112 any more/,
  );
  expect(alive(qemu.pid)).toBe(true);
  const ended = once(qemu, 'exit');
  await killQemu(node, 112, seen, directory);
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(await qemuProcess(node, 112, directory)).toBeNull();
});
