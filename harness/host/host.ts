import type { Cell } from '../scenario/cell.ts';
import type { TraceHeader } from '../trace/header.ts';
import type { Observation } from '../trace/event.ts';
import type { BootKind } from '../trace/words.ts';

/** Where a driver writes what it observes. The recorder numbers it, times it, bounds it and redacts it. */
export type Record = (observation: Observation) => void;

/** A lab machine as the runner sees it. Every driver is one implementation, listed in `drivers.ts`. */
export interface Host {
  /** What this host lacks for the cell, each a sentence for a person; empty when it can run. Touches nothing. */
  unmet(cell: Cell): Promise<readonly string[]>;
  /** The exact command a run would start, one line a boot's process, and what of the config it cannot honour. */
  preview(
    cell: Cell,
  ): Promise<{ readonly command: readonly string[]; readonly notHonoured: readonly string[] }>;
  /** Facts of the host and the guest that go into the trace's header before the run begins. */
  describe(cell: Cell): Promise<Pick<TraceHeader, 'host' | 'guest' | 'rom' | 'clocks'>>;
  /** Prepares a VM for one run. Nothing has been started yet; disposing it stops and removes all it made. */
  prepare(cell: Cell, record: Record): Promise<Vm>;
}

/** One VM for one run. All it observes goes to the recorder; methods resolve when their work is observed or given up. */
export interface Vm extends AsyncDisposable {
  /** Why this kind of boot cannot be done here and now; null if it can. */
  cannot(kind: BootKind): string | null;
  /** Begins a boot of that kind. A VM that refuses to start is an observation (`exec` exit), not an exception. */
  boot(kind: BootKind, signal: AbortSignal): Promise<void>;
  /** Tries to reach the guest agent until it answers our sync or `seconds` have passed. */
  reachAgent(seconds: number, signal: AbortSignal): Promise<void>;
  /** Runs the guest probe once with this nonce and records its answer, or the silence. */
  sample(nonce: string, signal: AbortSignal): Promise<void>;
}
