import type { ActiveTask } from './vm-manager.ts';

/** Tasks that work on a VM without its number: a clone's id is the VM that is cloned, a backup of many has none. */
const ELSEWHERE = /^(?:qmclone|vzdump)$/;

/** Those of a node's tasks that may be at work on this VM. None: a lock in its config is a left one. */
export function tasksOn(vmid: number, tasks: readonly ActiveTask[]): readonly ActiveTask[] {
  return tasks.filter(({ type, id }) => id === String(vmid) || ELSEWHERE.test(type));
}
