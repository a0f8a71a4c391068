import type { ActiveTask } from '../vm-manager.ts';
import type { Fate } from './item.ts';

/** Tasks that work on a VM without its number: a clone's id is the VM that is cloned, a backup of many has none. */
const ELSEWHERE = /^(?:qmclone|vzdump)$/;

/** @returns null: no task of the node can be at work on this VM, so a lock in its config is a left one */
export function nodeAtWork(vmid: number, tasks: readonly ActiveTask[]): Fate | null {
  const types = tasks
    .filter(({ type, id }) => id === String(vmid) || ELSEWHERE.test(type))
    .map(({ type }) => type);
  if (types.length === 0) return null;
  const which = [...new Set(types)].join(', ');
  return { kind: 'busy', why: `the node may be at it (${which}): ask again when that has ended` };
}
