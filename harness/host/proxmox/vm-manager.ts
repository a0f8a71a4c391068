/** How a task of Proxmox VE ended: `TASK OK`, `TASK WARNINGS: n` or `TASK ERROR: …` is the log's last line. */
export interface TaskEnd {
  /** Warnings are well, too: a failed reset of a device only warns. */
  readonly ok: boolean;
  /** What the task said of its end: `OK`, or the error's own words. */
  readonly exitstatus: string;
  /** What it printed, QEMU's own stderr among it; at most 2000 lines of at most 4 kB. */
  readonly log: readonly string[];
}

/** One VM of the node's list. */
export interface ListedVm {
  readonly vmid: number;
  readonly name: string;
  readonly tags: readonly string[];
  readonly template: boolean;
  /** As `VmStatus.status`. */
  readonly status: string;
}

export interface VmStatus {
  /** `running` or `stopped`; `running` too while QEMU is paused or in an internal error. */
  readonly status: string;
  /** What QEMU itself says: `running`, `paused`, `internal-error`, `stopped`, … */
  readonly qmpstatus: string;
  /** QEMU's process; null while there is none. */
  readonly pid: number | null;
  /** Seconds. */
  readonly uptime: number;
  /** What holds the config, such as `backup`; null: nothing. */
  readonly lock: string | null;
}

export interface VmConfig {
  /** Key to value as the node keeps them; `description` decoded. */
  readonly entries: ReadonlyMap<string, string>;
  /** SHA-1 of the file's text: hand it to `set`, and nothing that came between is overwritten. */
  readonly digest: string;
}

export interface ConfigChange {
  readonly set?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  readonly digest: string;
}

export interface Snapshot {
  readonly name: string;
  readonly parent: string | null;
  /** Seconds since the epoch. */
  readonly taken: number;
  readonly description: string;
  /** RAM is part of it. */
  readonly vmstate: boolean;
}

export interface CloneOptions {
  readonly name: string;
  /** All disks are copied; else they grow on the template's own. */
  readonly full: boolean;
  readonly description: string;
  readonly pool?: string;
  readonly storage?: string;
}

/** A task that is at work on the node. */
export interface ActiveTask {
  /** `qmstart`, `qmclone`, `vzdump`, … */
  readonly type: string;
  /** The VM's number; of a clone the one that is cloned. */
  readonly id: string;
}

/** Deadline of one verb, retries included. */
export interface VerbLimit {
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What the driver asks of Proxmox VE's own VM manager; each verb resolves when its task has ended. Whoever cannot get
 * the config's lock is told to wait, and tries again until the limit.
 *
 * A verb that is a task answers with its end, be it well or not: a VM that is locked, runs already, or has no such
 * snapshot is `ok: false`, and `refusalReason` knows the words. It throws where the asking itself was wrong: there is
 * no such VM, the number of a clone is taken, a parameter is none, or the rights are missing.
 *
 * @throws PveRefused it said no, in its own words; PveDenied this way of asking has not the rights; PveLate the limit
 *   has passed, and the node may still be at it; PveUnreadable what came is no answer; PveUntrusted it is another node; ConnectionLost
 */
export interface VmManager {
  /** For messages: `qm on root@pve`, `the API at https://pve:8006 as ci@pve!code43`. */
  readonly name: string;
  /** Whether it counts as root@pam, who alone may set `args`, `romfile` and a device by its address. */
  readonly isRoot: boolean;
  versions(limit: VerbLimit): Promise<{ readonly pve: string; readonly kernel: string | null }>;
  list(limit: VerbLimit): Promise<readonly ListedVm[]>;
  /** Containers of the node. Not observed: every transcript is of a node without any. */
  containers(limit: VerbLimit): Promise<readonly ListedVm[]>;
  containerConfig(vmid: number, limit: VerbLimit): Promise<VmConfig>;
  nextId(limit: VerbLimit): Promise<number>;
  activeTasks(limit: VerbLimit): Promise<readonly ActiveTask[]>;
  /** Of the VM as it is written down; pending changes of a running one among it. */
  config(vmid: number, limit: VerbLimit): Promise<VmConfig>;
  set(vmid: number, change: ConfigChange, limit: VerbLimit): Promise<void>;
  /**
   * Takes away the lock that a killed task left in the config; only root may, on the node. Whoever asks knows that the
   * task is gone: nothing else is looked at.
   */
  unlock(vmid: number, limit: VerbLimit): Promise<void>;
  status(vmid: number, limit: VerbLimit): Promise<VmStatus>;
  /** QEMU's command line as a start would make it; only root may ask. */
  commandLine(vmid: number, limit: VerbLimit): Promise<string>;
  clone(from: number, to: number, options: CloneOptions, limit: VerbLimit): Promise<TaskEnd>;
  destroy(vmid: number, limit: VerbLimit): Promise<TaskEnd>;
  /** The same for a clone that was killed: its disks are in no config yet, and every one with its number goes. */
  destroyHalfClone(vmid: number, limit: VerbLimit): Promise<TaskEnd>;
  /** Oldest first, without `current`. */
  snapshots(vmid: number, limit: VerbLimit): Promise<readonly Snapshot[]>;
  /** Of disks and config only (`--vmstate 0`). */
  snapshot(vmid: number, name: string, description: string, limit: VerbLimit): Promise<TaskEnd>;
  rollback(vmid: number, name: string, limit: VerbLimit): Promise<TaskEnd>;
  removeSnapshot(vmid: number, name: string, limit: VerbLimit): Promise<TaskEnd>;
  /** Removes what there is of a snapshot whose own task was killed (k45): a disk without its part only warns. */
  removeHalfSnapshot(vmid: number, name: string, limit: VerbLimit): Promise<TaskEnd>;
  /** A VM that does not start is an answer: `ok` is false and the log says why. */
  start(vmid: number, limit: VerbLimit): Promise<TaskEnd>;
  stop(vmid: number, limit: VerbLimit): Promise<TaskEnd>;
  /** Through the guest agent where the config has it, else by ACPI. */
  shutdown(vmid: number, limit: VerbLimit): Promise<TaskEnd>;
  reset(vmid: number, limit: VerbLimit): Promise<TaskEnd>;
}
