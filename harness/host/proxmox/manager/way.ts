import { ConnectionLost } from '../../../wire/machine/machine.ts';
import type { CheckedChange } from './checked-words.ts';
import type { TimeLeft } from './time-left.ts';
import type { TaskEnd } from '../vm-manager.ts';

/** A verb that is a task on the node, with its words checked. The verb is `qm`'s own. */
export interface TaskCall {
  readonly verb:
    'clone' | 'destroy' | 'snapshot' | 'rollback' | 'delsnapshot' | 'start' | 'stop' | 'shutdown' | 'reset';
  readonly vmid: string;
  /** What stands behind the VM's number: a snapshot's name, the number of a clone. */
  readonly object?: string;
  readonly options?: Readonly<Record<string, string>>;
}

/**
 * One way to reach a node's VM manager. It makes one try; who asks waits and repeats.
 *
 * Everything but `asked` throws PveRefused; PveDenied; PveLate; PveUnreadable; PveUntrusted; ConnectionLost.
 */
export interface Way {
  /** For messages: `qm on root@pve`. */
  readonly name: string;
  readonly isRoot: boolean;
  /** For messages: `qm start 110 on root@pve`. */
  asked(verb: string, vmid?: string): string;
  versions(left: TimeLeft): Promise<{ readonly pve: string; readonly kernel: string | null }>;
  /** What stands at a path below the cluster. */
  cluster(path: readonly string[], left: TimeLeft): Promise<unknown>;
  /** What stands at a path below the node. */
  node(path: readonly string[], left: TimeLeft, params?: Readonly<Record<string, string>>): Promise<unknown>;
  set(vmid: string, change: CheckedChange, left: TimeLeft): Promise<void>;
  unlock(vmid: string, left: TimeLeft): Promise<void>;
  commandLine(vmid: string, left: TimeLeft): Promise<string>;
  /** Begins a task; comes back with its id, or, where it can only be waited for, with its end. */
  task(call: TaskCall, left: TimeLeft): Promise<TaskEnd | { readonly upid: string }>;
  /** Seconds since the epoch by the node's clock. */
  clock(left: TimeLeft): Promise<number>;
  /** Asked where the list of VMs is empty. @throws PveDenied none could be seen */
  mustSeeVms?(left: TimeLeft): Promise<void>;
}

/** Nothing was sent, so nothing is under way. */
export class NotReached extends ConnectionLost {}
