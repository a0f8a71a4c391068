import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LOG_LINES, readTaskList, readTaskLog, readTaskState, readUpid, taskEnd } from './task-answers.ts';
import { isHttp, transcript, TRANSCRIPTS } from './transcripts.fixture.ts';

function dataOf(name: string): unknown {
  const found = transcript(name);
  if (isHttp(found)) return (JSON.parse(found.body) as { data: unknown }).data;
  return JSON.parse(found.stdout);
}

test('a task that runs has no end, and one that has ended says how', () => {
  expect(readTaskState('asked', dataOf('e47'))).toBeNull();
  expect(readTaskState('asked', dataOf('d08-status'))).toBe('OK');
  expect(readTaskState('asked', dataOf('e07-status'))).toBe('start failed: QEMU exited with code 1');
});

test('a log is its lines, and an empty one has none', () => {
  expect(readTaskLog('asked', dataOf('e07-log')).at(-1)).toBe(
    'TASK ERROR: start failed: QEMU exited with code 1',
  );
  expect(readTaskLog('asked', dataOf('e48-log'))).toEqual([]);
});

test('tasks of a list have their VM, their kind and when they began', () => {
  expect(readTaskList('asked', dataOf('e44'))).toEqual([
    {
      upid: 'UPID:pve:000008BE:00070096:6B02EBAD:qmstart:112:root@pam:',
      began: 1_795_353_517,
      type: 'qmstart',
      id: '112',
    },
  ]);
});

test('every task of the transcripts is one', () => {
  const upids = TRANSCRIPTS.flatMap((name) => {
    const found = transcript(name);
    return isHttp(found) && /^\{"data":"UPID/.test(found.body) ? [dataOf(name)] : [];
  });
  expect(upids.length).toBeGreaterThan(8);
  for (const upid of upids) expect(readUpid('asked', upid)).toBe(upid);
});

test.each(['', 'UPID:nonsense', null, 7, '../x', `UPID:${'p'.repeat(600)}`])('%s is no task', (upid) => {
  expect(() => readUpid('asked', upid)).toThrow(/is no task/);
});

test.each([
  ['OK', true],
  ['WARNINGS: 3', true],
  ['WARNINGS: x', false],
  ['unexpected status', false],
  ['', false],
])('a task that says %j is well: %s', (exitstatus, ok) => {
  expect(taskEnd(exitstatus, []).ok).toBe(ok);
});

test('a log keeps its beginning and its end, and is bounded', () => {
  const { log } = taskEnd(
    'OK',
    Array.from({ length: 10_000 }, (_, i) => String(i)),
  );
  expect(log).toHaveLength(LOG_LINES);
  expect([log[0], log.at(-1)]).toEqual(['0', '9999']);
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (exitstatus, lines) => {
      expect(taskEnd(exitstatus, lines).log).toEqual(lines);
    }),
  );
  expect(taskEnd('OK', ['x'.repeat(10_000)]).log[0]).toHaveLength(4096);
});
