import type { TraceEvent } from '../trace/event.ts';
import type { BootKind } from '../trace/words.ts';
import type { Assessment } from './assess.ts';

/** One believed answer of the probe. */
export interface Reading extends Assessment {
  readonly n: number;
  readonly t: number;
  readonly uptime: number | null;
  readonly bootId: string | null;
}

export interface Exit {
  readonly n: number;
  readonly t: number;
  readonly code: number | null;
  readonly signal: string | null;
}

/** What was seen of one boot. Immutable; a step makes a new one. */
export interface Boot {
  readonly boot: number;
  readonly asked: BootKind;
  /** The kind that was seen to happen. */
  readonly observed: BootKind | null;
  readonly began: number;
  readonly ended: number | null;
  /** Why it was not begun at all. */
  readonly skipped: string | null;
  /** The user stopped the run in it: what came after is our own doing. */
  readonly stopped: boolean;
  /** The QEMU process it runs in; null until one is seen. */
  readonly pid: number | null;
  /** Event number of QEMU's greeting: it accepted the command line. */
  readonly greeting: number | null;
  readonly agentUp: { readonly n: number; readonly t: number } | null;
  readonly readings: readonly Reading[];
  /** Where the present run of equal readings begins in `readings`. */
  readonly streak: number;
  /** Answers that were refused: stale nonce, broken contract. */
  readonly refusals: readonly { readonly n: number; readonly kind: string; readonly why: string }[];
  /** The last calls to the agent that got no answer, since it last answered. */
  readonly silences: readonly { readonly n: number; readonly command: string; readonly waited: number }[];
  readonly exit: Exit | null;
  readonly stderr: readonly { readonly n: number; readonly line: string }[];
  readonly guestShutdown: number | null;
  readonly panic: number | null;
  /** Events that a cap kept out during this boot. */
  readonly dropped: number;
}

/** A boot of which nothing is seen yet but that it was asked for, or why it was not done. */
export function newBoot(
  event: Extract<TraceEvent, { kind: 'boot.begin' | 'boot.skip' }>,
  before?: Boot,
): Boot {
  // A reset and a reboot stay in the process that is there.
  const same = event.asked === 'reset' || event.asked === 'reboot' ? before : undefined;
  return {
    boot: event.boot,
    asked: event.asked,
    observed: null,
    began: event.t,
    ended: event.kind === 'boot.skip' ? event.t : null,
    skipped: event.kind === 'boot.skip' ? event.why : null,
    stopped: false,
    pid: same?.pid ?? null,
    greeting: same?.greeting ?? null,
    agentUp: null,
    readings: [],
    streak: 0,
    refusals: [],
    silences: [],
    exit: null,
    stderr: [],
    guestShutdown: null,
    panic: null,
    dropped: 0,
  };
}
