import { ConnectionLost } from '../../../wire/machine/machine.ts';
import { readConfig, readList, readNumber, readSnapshots, readStatus } from './answers.ts';
import { checkedChange, plainText, snapshotWord, vmidWord } from './checked-words.ts';
import { type OnRetry, untilUnlocked } from './lock-retries.ts';
import { NodeTasks } from './node-tasks.ts';
import { failedTask } from './no-task.ts';
import { PveDenied, PveRefused } from '../refused.ts';
import { TimeLeft } from './time-left.ts';
import type {
  ActiveTask,
  CloneOptions,
  ConfigChange,
  ListedVm,
  Snapshot,
  TaskEnd,
  VerbLimit,
  VmConfig,
  VmManager,
  VmStatus,
} from '../vm-manager.ts';
import { NotReached, type TaskCall, type Way } from './way.ts';

/** Seconds that a shutdown's own limit lies before ours: an agent that does not answer costs some (g23). */
const SHUTDOWN_SPARE = 6;

/** The verbs of a node's VM manager, whichever way they get there. */
export class NodeManager implements VmManager {
  readonly name: string;
  readonly isRoot: boolean;
  readonly #way: Way;
  readonly #tasks: NodeTasks;
  readonly #onRetry: OnRetry | undefined;

  /** @param onRetry is told what is tried again, and why */
  constructor(way: Way, onRetry?: OnRetry) {
    this.name = way.name;
    this.isRoot = way.isRoot;
    this.#way = way;
    this.#onRetry = onRetry;
    this.#tasks = new NodeTasks((path, params, left) => way.node(['tasks', ...path], left, params), onRetry);
  }

  async versions(limit: VerbLimit): Promise<{ readonly pve: string; readonly kernel: string | null }> {
    return this.#way.versions(new TimeLeft(limit));
  }

  async list(limit: VerbLimit): Promise<readonly ListedVm[]> {
    const left = new TimeLeft(limit);
    const vms = readList(this.#way.asked('list'), await this.#way.node(['qemu'], left));
    if (vms.length === 0) await this.#way.mustSeeVms?.(left);
    return vms;
  }

  async containers(limit: VerbLimit): Promise<readonly ListedVm[]> {
    return readList(this.#way.asked('containers'), await this.#way.node(['lxc'], new TimeLeft(limit)));
  }

  async containerConfig(vmid: number, limit: VerbLimit): Promise<VmConfig> {
    const { asked, id } = this.#named('container', vmid);
    return readConfig(asked, await this.#way.node(['lxc', id, 'config'], new TimeLeft(limit)));
  }

  async nextId(limit: VerbLimit): Promise<number> {
    const answer = await this.#way.cluster(['nextid'], new TimeLeft(limit));
    return readNumber(this.#way.asked('nextid'), answer);
  }

  async activeTasks(limit: VerbLimit): Promise<readonly ActiveTask[]> {
    return this.#tasks.active(this.#way.asked('tasks'), new TimeLeft(limit));
  }

  async config(vmid: number, limit: VerbLimit): Promise<VmConfig> {
    return this.#read('config', vmid, ['config'], readConfig, limit);
  }

  async status(vmid: number, limit: VerbLimit): Promise<VmStatus> {
    return this.#read('status', vmid, ['status', 'current'], readStatus, limit);
  }

  async snapshots(vmid: number, limit: VerbLimit): Promise<readonly Snapshot[]> {
    return this.#read('listsnapshot', vmid, ['snapshot'], readSnapshots, limit);
  }

  async commandLine(vmid: number, limit: VerbLimit): Promise<string> {
    const { id } = this.#named('showcmd', vmid);
    return this.#way.commandLine(id, new TimeLeft(limit));
  }

  async set(vmid: number, change: ConfigChange, limit: VerbLimit): Promise<void> {
    const { asked, id } = this.#named('set', vmid);
    const checked = checkedChange(asked, change);
    await this.#write(asked, (left) => this.#way.set(id, checked, left), limit);
  }

  async unlock(vmid: number, limit: VerbLimit): Promise<void> {
    const { asked, id } = this.#named('unlock', vmid);
    await this.#write(asked, (left) => this.#way.unlock(id, left), limit);
  }

  async clone(from: number, to: number, options: CloneOptions, limit: VerbLimit): Promise<TaskEnd> {
    const { asked, id } = this.#named('clone', from);
    const { name, full, description, pool, storage } = options;
    const given = {
      name: plainText(asked, name),
      // Said in any case: without it a VM that is no template would be copied in full (j05).
      full: full ? '1' : '0',
      description: plainText(asked, description),
      ...(pool === undefined ? {} : { pool: plainText(asked, pool) }),
      ...(storage === undefined ? {} : { storage: plainText(asked, storage) }),
    };
    return this.#task({ verb: 'clone', vmid: id, object: vmidWord(asked, to), options: given }, limit);
  }

  async destroy(vmid: number, limit: VerbLimit): Promise<TaskEnd> {
    // Without `purge`: jobs that name the number are their owner's.
    return this.#task({ verb: 'destroy', vmid: this.#named('destroy', vmid).id }, limit);
  }

  async destroyHalfClone(vmid: number, limit: VerbLimit): Promise<TaskEnd> {
    const options = { 'destroy-unreferenced-disks': '1' };
    return this.#task({ verb: 'destroy', vmid: this.#named('destroy', vmid).id, options }, limit);
  }

  async snapshot(vmid: number, name: string, description: string, limit: VerbLimit): Promise<TaskEnd> {
    const { asked, id } = this.#named('snapshot', vmid);
    const options = { vmstate: '0', description: plainText(asked, description) };
    return this.#task({ verb: 'snapshot', vmid: id, object: snapshotWord(asked, name), options }, limit);
  }

  async rollback(vmid: number, name: string, limit: VerbLimit): Promise<TaskEnd> {
    const { asked, id } = this.#named('rollback', vmid);
    return this.#task({ verb: 'rollback', vmid: id, object: snapshotWord(asked, name) }, limit);
  }

  async removeSnapshot(vmid: number, name: string, limit: VerbLimit): Promise<TaskEnd> {
    const { asked, id } = this.#named('delsnapshot', vmid);
    return this.#task({ verb: 'delsnapshot', vmid: id, object: snapshotWord(asked, name) }, limit);
  }

  async removeHalfSnapshot(vmid: number, name: string, limit: VerbLimit): Promise<TaskEnd> {
    const { asked, id } = this.#named('delsnapshot', vmid);
    const options = { force: '1' };
    return this.#task({ verb: 'delsnapshot', vmid: id, object: snapshotWord(asked, name), options }, limit);
  }

  async start(vmid: number, limit: VerbLimit): Promise<TaskEnd> {
    return this.#task({ verb: 'start', vmid: this.#named('start', vmid).id }, limit);
  }

  async stop(vmid: number, limit: VerbLimit): Promise<TaskEnd> {
    return this.#task({ verb: 'stop', vmid: this.#named('stop', vmid).id }, limit);
  }

  async shutdown(vmid: number, limit: VerbLimit): Promise<TaskEnd> {
    const options = { timeout: String(Math.max(1, Math.floor(limit.seconds - SHUTDOWN_SPARE))) };
    return this.#task({ verb: 'shutdown', vmid: this.#named('shutdown', vmid).id, options }, limit);
  }

  async reset(vmid: number, limit: VerbLimit): Promise<TaskEnd> {
    return this.#task({ verb: 'reset', vmid: this.#named('reset', vmid).id }, limit);
  }

  #named(verb: string, vmid: number): { readonly asked: string; readonly id: string } {
    const asked = this.#way.asked(verb, String(vmid));
    return { asked, id: vmidWord(asked, vmid) };
  }

  async #read<T>(
    verb: string,
    vmid: number,
    path: readonly string[],
    reader: (asked: string, answer: unknown) => T,
    limit: VerbLimit,
  ): Promise<T> {
    const { asked, id } = this.#named(verb, vmid);
    return reader(asked, await this.#way.node(['qemu', id, ...path], new TimeLeft(limit)));
  }

  /** What writes the config and is no task. */
  async #write(asked: string, write: (left: TimeLeft) => Promise<void>, limit: VerbLimit): Promise<void> {
    const attempt = async (left: TimeLeft): Promise<PveRefused | null> => {
      try {
        await write(left);
        return null;
      } catch (error) {
        if (error instanceof PveRefused) return error;
        throw error;
      }
    };
    const refused = await untilUnlocked(asked, limit, this.#onRetry, attempt, (no) => no?.words ?? null);
    if (refused !== null) throw refused;
  }

  async #task(call: TaskCall, limit: VerbLimit): Promise<TaskEnd> {
    const asked = this.#way.asked(call.verb, call.vmid);
    const attempt = (left: TimeLeft): Promise<TaskEnd> => this.#once(asked, call, left);
    return untilUnlocked(asked, limit, this.#onRetry, attempt, (end) => (end.ok ? null : end.exitstatus));
  }

  async #once(asked: string, call: TaskCall, left: TimeLeft): Promise<TaskEnd> {
    const began = performance.now();
    try {
      const task = await this.#way.task(call, left);
      return 'upid' in task ? await this.#tasks.follow(asked, task.upid, left) : task;
    } catch (error) {
      if (error instanceof PveRefused && !(error instanceof PveDenied)) return failedTask(asked, error.words);
      if (!(error instanceof ConnectionLost) || error instanceof NotReached) throw error;
      // The type's name: qemu-server 9.2.6, PVE/API2/Qemu.pm, and every transcript of a task's log.
      const ago = (): number => (performance.now() - began) / 1000;
      const wanted = { type: `qm${call.verb}`, id: call.vmid, ago };
      return this.#tasks.followLost(asked, error, wanted, (rest) => this.#way.clock(rest), left);
    }
  }
}
