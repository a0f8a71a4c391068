import { tasksOn } from '../tasks-on.ts';
import type { ActiveTask } from '../vm-manager.ts';
import type { Fate } from './item.ts';

/** @returns null: no task of the node can be at work on this VM */
export function nodeAtWork(vmid: number, tasks: readonly ActiveTask[]): Fate | null {
  const types = tasksOn(vmid, tasks).map(({ type }) => type);
  if (types.length === 0) return null;
  const which = [...new Set(types)].join(', ');
  return { kind: 'busy', why: `the node may be at it (${which}): ask again when that has ended` };
}
