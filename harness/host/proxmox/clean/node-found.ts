import type { ConfigFile } from '../../../vmconfig/file/config-file.ts';
import type { DescribedLease } from '../lease/describe-leases.ts';
import type { RunMark } from '../life/run-mark.ts';
import type { OwnedSlot } from '../owned.ts';
import type { ActiveTask } from '../vm-manager.ts';

/** A VM as its config file has it. */
export interface FoundVm {
  readonly vmid: number;
  readonly config: ConfigFile;
  /** The file's text, in which a name may stand anywhere: snapshots, pending changes, arguments. */
  readonly text: string;
  readonly running: boolean;
}

/** A plain file of the ROM directory with a name of ours. */
export interface FoundRom extends OwnedSlot {
  readonly file: string;
  /** SHA-256 of what is in it; null: not looked at, or gone meanwhile. */
  readonly sha256: string | null;
}

/** All of a node that a plan to clean needs. */
export interface NodeFound {
  readonly vms: readonly FoundVm[];
  readonly roms: readonly FoundRom[];
  /** Sockets of our own monitors that nobody listens on, by the VM's number. */
  readonly deadMonitors: readonly number[];
  /** Who has asked for a clone of a number, as `life/clone-note.ts` says it. */
  readonly notes: ReadonlyMap<number, RunMark>;
  readonly tasks: readonly ActiveTask[];
  /** Read last: see `lookAtNode`. */
  readonly leases: readonly DescribedLease[];
}
