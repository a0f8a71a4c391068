import { expect, test } from 'vitest';
import { taskEnd } from '../manager/task-answers.ts';
import { diskLeft } from './disk-left.ts';

test('a removal with warnings is well, and says which disk it has left', () => {
  const said = "WARN: Could not remove disk 'local-lvm:vm-9100-disk-0', check manually: lvremove failed";
  const end = taskEnd('WARNINGS: 1', [said, 'TASK WARNINGS: 1']);
  expect([end.ok, diskLeft(end)]).toEqual([true, said]);
});

test('one without a word of disks has left none', () => {
  expect(diskLeft(taskEnd('OK', ['purging VM 9100 from related configurations..', 'TASK OK']))).toBeNull();
});
