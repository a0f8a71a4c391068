import { duplexPair } from 'node:stream';
import { once } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { needs } from '../test/tier.ts';
import { LeashedProcess } from './process.ts';
import { QmpClient, type QmpEvent } from './qmp.ts';

const vmTest = needs('setpriv', 'qemu-system-x86_64');
const soon = { seconds: 20 };

async function qemu(...args: string[]): Promise<{ child: LeashedProcess; qmp: QmpClient; stderr: string[] }> {
  const monitor = ['-chardev', 'socket,id=qmp,fd=3', '-mon', 'chardev=qmp,mode=control'];
  const argv = ['qemu-system-x86_64', '-nodefaults', '-display', 'none', ...monitor, ...args];
  const stderr: string[] = [];
  const child = await LeashedProcess.start(argv, { sockets: 1, onStderr: (line) => void stderr.push(line) });
  const [socket] = child.sockets;
  if (!socket) throw new Error('no socket');
  return { child, qmp: new QmpClient(socket), stderr };
}

vmTest('QEMU greets with its version and answers commands', async () => {
  const { child, qmp } = await qemu('-machine', 'none');
  expect(await qmp.negotiate(soon)).toMatch(/^\d+\.\d+\.\d+/);
  expect(await qmp.execute('query-status', {}, soon)).toMatchObject({ status: expect.any(String) as string });
  await expect(qmp.execute('no-such-command', {}, soon)).rejects.toMatchObject({ class: 'CommandNotFound' });
  await qmp.execute('quit', {}, soon);
  expect(await child.exited).toEqual({ code: 0, signal: null });
});

vmTest('a bad option ends QEMU before it greets, and its words are kept', async () => {
  const { child, qmp, stderr } = await qemu('-machine', 'none', '-device', 'no-such-device');
  await expect(qmp.negotiate(soon)).rejects.toMatchObject({ name: 'QmpGone' });
  expect(await child.exited).toEqual({ code: 1, signal: null });
  expect(stderr.join()).toContain('no-such-device');
});

vmTest('a reset from outside is a RESET event', async () => {
  const { child, qmp } = await qemu('-machine', 'q35', '-accel', 'tcg', '-m', '64');
  const events: QmpEvent[] = [];
  qmp.on('event', (event) => events.push(event));
  await qmp.negotiate(soon);
  await qmp.execute('system_reset', {}, soon);
  await expect
    .poll(() => events.find((event) => event.event === 'RESET')?.data)
    .toMatchObject({ guest: false });
  await child.stop(5);
});

vmTest('a killed QEMU rejects what is under way', async () => {
  const { child, qmp } = await qemu('-machine', 'none');
  await qmp.negotiate(soon);
  const closed = once(qmp, 'close');
  process.kill(child.pid, 'SIGKILL');
  await closed;
  await expect(qmp.execute('query-status', {}, soon)).rejects.toMatchObject({ name: 'QmpGone' });
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('events come out the same wherever the stream is cut', async () => {
  const cuts = fc.array(fc.nat(400), { maxLength: 10 });
  const data = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(data, { maxLength: 5 }), cuts, async (all, where) => {
      const [near, far] = duplexPair();
      const qmp = new QmpClient(near);
      const seen: unknown[] = [];
      qmp.on('event', (event) => seen.push(event.data));
      const bytes = Buffer.from(
        all.map((one) => `${JSON.stringify({ event: 'E', data: one })}\r\n`).join(''),
      );
      const edges = [
        0,
        ...where.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
        bytes.length,
      ];
      for (const [i, edge] of edges.slice(1).entries()) far.write(bytes.subarray(edges[i], edge));
      far.end();
      await once(near, 'end');
      expect(seen).toEqual(JSON.parse(JSON.stringify(all)));
    }),
  );
});

test('what is not JSON ends the connection with a reason', async () => {
  const [near, far] = duplexPair();
  const qmp = new QmpClient(near);
  far.write('{"QMP": oops\n');
  await expect(qmp.negotiate(soon)).rejects.toThrow('not JSON: {"QMP": oops');
});

test('a command that is not answered in time is a QmpSilent', async () => {
  const qmp = new QmpClient(duplexPair()[0]);
  await expect(qmp.execute('stop', {}, { seconds: 0.1 })).rejects.toMatchObject({
    name: 'QmpSilent',
    waited: 0.1,
  });
});
