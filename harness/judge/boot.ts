import type { TraceEvent } from '../trace/event.ts';
import type { GuestLog } from '../guest/answers/reading.ts';
import type { Sighting } from '../guest/answers/fallback/sighting.ts';
import type { BootKind, RefusalKind } from '../trace/words.ts';
import type { Assessment } from './assess.ts';
import { NO_MACHINE, type Machine } from './machine.ts';

/** One believed answer of the probe, or of the fall-backs that stood in for it. */
export interface Reading extends Assessment {
  readonly n: number;
  readonly t: number;
  /** Seconds from the question to this answer; 0 where nothing tells. */
  readonly took: number;
  readonly uptime: number | null;
  readonly bootId: string | null;
  /** The guest resumed its kernel in this boot instead of starting it anew. */
  readonly fastStartup: boolean | null;
  /** What the guest's own kernel said of its display devices so far; null: not told. */
  readonly log: GuestLog | null;
  /** Fall-backs said it: it can show what is wrong, never that all is well. */
  readonly weak: boolean;
  /** Which question it answers; of fall-backs, the one that they stand in for. */
  readonly nonce: string;
}

export interface Exit {
  readonly n: number;
  readonly t: number;
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Silence {
  readonly n: number;
  readonly t: number;
  readonly command: string;
  readonly waited: number;
  /** Bytes that came and were no answer. */
  readonly heard: number;
}

export interface AgentRefusal {
  readonly n: number;
  readonly t: number;
  readonly command: string;
  readonly error: string;
  readonly as: RefusalKind;
}

export interface Refused {
  readonly n: number;
  readonly t: number;
  readonly kind: string;
  readonly why: string;
  /** Seconds that the probe was given, where it did not end; else 0. */
  readonly waited: number;
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
  /** The QEMU process of the boot before while it is on its way out: what it still says is not of this boot. */
  readonly leaving: number | null;
  /** Event number of QEMU's greeting: it accepted the command line. */
  readonly greeting: number | null;
  readonly agentUp: { readonly n: number; readonly t: number } | null;
  /** The agent said anything at all. */
  readonly agentSpoke: boolean;
  /** How often the probe was run, whatever came of it. */
  readonly probed: number;
  readonly readings: readonly Reading[];
  /** What the fall-backs said since the last refused probe, its nonce, and the readings there were before it. */
  readonly round: {
    readonly nonce: string;
    readonly readings: readonly Reading[];
    readonly sightings: readonly Sighting[];
  } | null;
  /** Answers that were refused: stale nonce, broken contract, a probe that did not end. */
  readonly refusals: readonly Refused[];
  /** The last calls to the agent that got no answer, since it last answered. */
  readonly silences: readonly Silence[];
  /** What the agent said instead of an answer, since it last gave one. */
  readonly refused: readonly AgentRefusal[];
  readonly exit: Exit | null;
  readonly stderr: readonly { readonly n: number; readonly line: string }[];
  readonly guestShutdown: number | null;
  readonly machine: Machine;
  /** Events that a cap kept out during this boot. */
  readonly dropped: number;
}

/** A boot of which nothing is seen yet but that it was asked for, or why it was not done. */
export function newBoot(
  event: Extract<TraceEvent, { kind: 'boot.begin' | 'boot.skip' }>,
  before?: Boot,
): Boot {
  const { boot, asked, t } = event;
  const begun = begin({ boot, asked, began: t }, before);
  return event.kind === 'boot.skip' ? { ...begun, ended: t, skipped: event.why } : begun;
}

/** A boot that has begun. `before`: the boot whose process is there. */
export function begin({ boot, asked, began }: Pick<Boot, 'boot' | 'asked' | 'began'>, before?: Boot): Boot {
  // A reset and a reboot stay in the process that is there.
  const same = asked === 'reset' || asked === 'reboot' ? before : undefined;
  return {
    boot,
    asked,
    observed: null,
    began,
    ended: null,
    skipped: null,
    stopped: false,
    pid: same?.pid ?? null,
    leaving: same === undefined && before?.exit === null ? before.pid : null,
    greeting: same?.greeting ?? null,
    agentUp: null,
    agentSpoke: false,
    probed: 0,
    readings: [],
    round: null,
    refusals: [],
    silences: [],
    refused: [],
    exit: null,
    stderr: [],
    guestShutdown: null,
    machine: NO_MACHINE,
    dropped: 0,
  };
}

/**
 * Whether the guest agent was there: it was heard to come up, or answered what only one that is up is asked. A single
 * word of it to such a question is not enough where nobody saw it come up.
 */
export function cameUp({ agentUp, readings }: Boot): boolean {
  return agentUp !== null || readings.length > 0;
}
