import type { Cell } from '../scenario/cell.ts';
import type { TraceHeader } from '../trace/header.ts';
import type { Observation } from '../trace/event.ts';
import type { BootKind } from '../trace/words.ts';
import type { Pty } from '../wire/pty.ts';

/** Where a driver writes what it observes. The recorder numbers it, times it, bounds it and redacts it. */
export type Record = (observation: Observation) => void;

/** A lab machine as the runner sees it. Every driver is one implementation, listed in `drivers.ts`. */
export interface Host extends AsyncDisposable {
  /** What this host lacks for the cell, each a sentence for a person; empty when it can run. Touches nothing. */
  unmet(cell: Cell): Promise<readonly string[]>;
  /** The exact command a run would start, one line a boot's process, and what of the config it cannot honour. */
  preview(
    cell: Cell,
  ): Promise<{ readonly command: readonly string[]; readonly notHonoured: readonly string[] }>;
  /** Facts of the host and the guest that go into the trace's header before the run begins. */
  describe(cell: Cell): Promise<Pick<TraceHeader, 'host' | 'guest' | 'rom' | 'clocks'>>;
  /** Names of the machine and of who works there: they never enter a trace. */
  names(): Promise<readonly string[]>;
  /** Prepares a VM for one run. Nothing has been started yet; disposing it stops and removes all it made. */
  prepare(cell: Cell, record: Record, wanted: Wanted): Promise<Vm>;
}

/** What a run wants of its VM beyond the cell. */
export interface Wanted {
  /** The run's id. */
  readonly run: string;
  readonly signal: AbortSignal;
  /** For who looks on: what of the host is waited for, and for at most how many seconds. */
  readonly tell: (what: string, seconds: number) => void;
  /** A console to look into the guest, and a guest that offers a shell on it where it can. */
  readonly console: boolean;
}

/** A VM's serial console, from before its first boot until it is disposed of. */
export interface VmConsole {
  /** What the guest writes there comes out; what is typed goes in. It stays the same over all boots. */
  readonly pty: Pick<Pty, 'onData' | 'write' | 'resize'>;
  /** The VM as it runs now, named for a person, such as `QEMU, pid 4711`; null while it is down. */
  running(): { readonly what: string; readonly ended: Promise<unknown> } | null;
}

/** One VM for one run. All it observes goes to the recorder; methods resolve when their work is observed or given up. */
export interface Vm extends AsyncDisposable {
  /** There where it was wanted and this kind of host can give one. */
  readonly console?: VmConsole | undefined;
  /** Why it gives none that was wanted, where it can say. */
  readonly noConsole?: string | undefined;
  /** Why this kind of boot cannot be done here and now; null if it can. Looks, and changes nothing. */
  cannot(kind: BootKind): Promise<string | null>;
  /**
   * Starts the same guest with the same config but without the device under test: a new process, whatever ran before.
   */
  bootControl(signal: AbortSignal): Promise<void>;
  /** Begins a boot of that kind. A VM that refuses to start is an observation (`exec` exit), not an exception. */
  boot(kind: BootKind, signal: AbortSignal): Promise<void>;
  /** Tries to reach the guest agent until it answers our sync or `seconds` have passed. */
  reachAgent(seconds: number, signal: AbortSignal): Promise<void>;
  /** Runs the guest probe once with this nonce and records its answer, or that none came within `seconds`. */
  sample(nonce: string, seconds: number, signal: AbortSignal): Promise<void>;
}
