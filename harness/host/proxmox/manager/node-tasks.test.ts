import { expect, test } from 'vitest';
import { ConnectionLost } from '../../../wire/machine/machine.ts';
import { PveRefused } from '../refused.ts';
import { type AskTasks, NodeTasks } from './node-tasks.ts';
import { TimeLeft } from './time-left.ts';

const UPID = 'UPID:pve:00000268:0005FE87:6B02E919:qmstart:110:root@pam:';
/** By the node's clock, when that task began. */
const BEGAN = 0x6b02e919;
const ENDED = { status: 'stopped', exitstatus: 'OK' };
const minute = (): TimeLeft => new TimeLeft({ seconds: 60 });
const cause = new ConnectionLost('cut off');
const wanted = { type: 'qmstart', id: '110', ago: () => 0 };

/** A node with these tasks; each has ended well, with `lines` lines of log. */
function nodeWith(upids: readonly string[], lines = 1): NodeTasks {
  const ask: AskTasks = ([, what], { start, limit }) => {
    if (what === undefined) return Promise.resolve(upids.map((upid) => ({ upid })));
    if (what === 'status') return Promise.resolve(ENDED);
    const all = Array.from({ length: lines }, (_, i) => ({ n: i + 1, t: `line ${i + 1}` }));
    return Promise.resolve(all.slice(Number(start), Number(start) + Number(limit)));
  };
  return new NodeTasks(ask, undefined);
}

function lost(node: NodeTasks, nodeTime: number) {
  return node.followLost('qm start 110', cause, wanted, () => Promise.resolve(nodeTime), minute());
}

test.each([1, 499, 500, 1001])('a log of %i lines comes whole, page by page', async (lines) => {
  const end = await nodeWith([], lines).follow('qm start 110', UPID, minute());
  expect(end.log).toHaveLength(lines);
  expect(end.log.at(-1)).toBe(`line ${lines}`);
});

test('how a task ended is told even where its log cannot be had', async () => {
  const ask: AskTasks = ([, what]) =>
    what === 'status' ? Promise.resolve(ENDED) : Promise.reject(new ConnectionLost('cut off again'));
  const short = new TimeLeft({ seconds: 0.05 });
  const end = await new NodeTasks(ask, undefined).follow('qm start 110', UPID, short);
  expect(end).toMatchObject({ ok: true, exitstatus: 'OK' });
  expect(end.log).toEqual(['(code43: the rest of this log could not be had: cut off again)']);
});

test('a clock that is slow to come does not hide the task', async () => {
  let asked = 0;
  // The call was made one second before the task began, and its answer was waited for, for ten.
  const late = { ...wanted, ago: () => (asked > 0 ? 11 : 1) };
  const slow = (): Promise<number> => {
    asked += 1;
    return Promise.resolve(BEGAN + 10);
  };
  const end = await nodeWith([UPID]).followLost('qm start 110', cause, late, slow, minute());
  expect(end.ok).toBe(true);
});

test('a lost call’s task is the one that began since', async () => {
  expect(await lost(nodeWith([UPID]), BEGAN + 1)).toMatchObject({ ok: true });
});

test('a task of another VM or kind, and one that had begun before, is none of a lost call', async () => {
  const others = [UPID.replace('110', '111'), UPID.replace('qmstart', 'qmstop'), 'nonsense'];
  const [other, before] = await Promise.allSettled([
    lost(nodeWith(others), BEGAN),
    lost(nodeWith([UPID]), BEGAN + 60),
  ]);
  for (const { reason } of [other, before] as PromiseRejectedResult[])
    expect(reason).toMatchObject({ name: 'ConnectionLost', cause, message: /the node has no task of it/ });
});

test('of two tasks that could be a lost call’s none is taken', async () => {
  const two = nodeWith([UPID, UPID.replace('00000268', '00000269')]);
  await expect(lost(two, BEGAN)).rejects.toThrow(/which of 2 tasks/);
});

test('a task of the active list counts while it runs, and where nobody can tell', async () => {
  const at = (id: string): string => UPID.replace(':110:', `:${id}:`);
  const states: Readonly<Record<string, unknown>> = {
    [at('1')]: { status: 'running' },
    [at('2')]: ENDED,
  };
  const ask: AskTasks = ([upid, what], params) => {
    if (what === undefined) {
      expect(params).toMatchObject({ source: 'active' });
      return Promise.resolve(['1', '2', '3'].map((id) => ({ upid: at(id) })));
    }
    const state = states[upid ?? ''];
    return state === undefined
      ? Promise.reject(new PveRefused('status of a task', 'no such task'))
      : Promise.resolve(state);
  };
  const active = await new NodeTasks(ask, undefined).active('tasks', minute());
  expect(active.map(({ id }) => id)).toEqual(['1', '3']);
});
