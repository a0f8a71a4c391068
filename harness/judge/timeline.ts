import { readAnswer } from '../guest/answers/read-answer.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';
import type { BootKind } from '../trace/words.ts';
import { assess, type Assessment } from './assess.ts';
import { readClaim } from './claim.ts';

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

/** A reporter's statement, and what it claims; null where it claims nothing we can read. */
export interface Claim {
  readonly n: number;
  readonly text: string;
  readonly says: 'works' | 'fails' | null;
}

export interface Timeline {
  readonly boots: readonly Boot[];
  readonly claims: readonly Claim[];
  /** The guest agent said which operating system it runs in. */
  readonly osId: string | null;
}

export const EMPTY_TIMELINE: Timeline = { boots: [], claims: [], osId: null };

const STDERR_KEPT = 20;

/** Folds one event into the boots. Pure; returns the same object when the event says nothing about a boot. */
export function stepTimeline(timeline: Timeline, event: TraceEvent, context: TraceHeader): Timeline {
  if (event.ch === 'note' && (event.kind === 'boot.begin' || event.kind === 'boot.skip')) {
    return { ...timeline, boots: [...timeline.boots, newBoot(event, timeline.boots.at(-1))] };
  }
  if (event.ch === 'statement') {
    const claim: Claim = { n: event.n, text: event.text, says: readClaim(event.text) };
    return { ...timeline, claims: [...timeline.claims, claim] };
  }
  const boot = timeline.boots.at(-1);
  if (boot === undefined) return timeline;
  const next = stepBoot(boot, event, context);
  const osId = readOsId(event) ?? timeline.osId;
  if (next === boot && osId === timeline.osId) return timeline;
  return {
    ...timeline,
    osId,
    boots: next === boot ? timeline.boots : [...timeline.boots.slice(0, -1), next],
  };
}

function newBoot(event: Extract<TraceEvent, { kind: 'boot.begin' | 'boot.skip' }>, before?: Boot): Boot {
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

function stepBoot(boot: Boot, event: TraceEvent, context: TraceHeader): Boot {
  switch (event.ch) {
    case 'note':
      if (event.kind === 'boot.end') return { ...boot, ended: event.t };
      if (event.kind === 'stopped' && boot.ended === null) return { ...boot, ended: event.t, stopped: true };
      if (event.kind === 'dropped') return { ...boot, dropped: boot.dropped + event.count };
      return boot;
    case 'exec':
      return stepExec(boot, event);
    case 'qmp':
      return stepQmp(boot, event);
    case 'agent':
      return stepAgent(boot, event, context);
    case 'serial':
    case 'kernel':
    case 'statement':
      return boot;
  }
}

function stepExec(boot: Boot, event: Extract<TraceEvent, { ch: 'exec' }>): Boot {
  if (!event.program.startsWith('qemu')) return boot;
  switch (event.kind) {
    case 'spawn':
      return boot.ended === null ? { ...boot, observed: 'start', pid: event.pid } : boot;
    case 'stderr':
      if (boot.stderr.length >= STDERR_KEPT) return boot;
      return { ...boot, stderr: [...boot.stderr, { n: event.n, line: event.line }] };
    case 'exit':
      // The process of the boot before may still be on its way out.
      if (boot.ended !== null || event.pid !== boot.pid) return boot;
      return { ...boot, exit: { n: event.n, t: event.t, code: event.code, signal: event.signal } };
  }
}

function stepQmp(boot: Boot, event: Extract<TraceEvent, { ch: 'qmp' }>): Boot {
  if (boot.ended !== null) return boot;
  if (event.kind === 'greeting') return { ...boot, greeting: event.n };
  if (event.kind !== 'event') return boot;
  switch (event.event) {
    case 'RESET':
      if (boot.observed !== null) return boot;
      return { ...boot, observed: fromGuest(event.data) ? 'reboot' : 'reset' };
    case 'SHUTDOWN':
      return fromGuest(event.data) ? { ...boot, guestShutdown: event.n } : boot;
    case 'GUEST_PANICKED':
      return { ...boot, panic: event.n };
    default:
      return boot;
  }
}

function stepAgent(boot: Boot, event: Extract<TraceEvent, { ch: 'agent' }>, context: TraceHeader): Boot {
  if (boot.ended !== null) return boot;
  switch (event.kind) {
    case 'up':
      return { ...boot, agentUp: boot.agentUp ?? { n: event.n, t: event.t }, silences: [] };
    case 'reply':
    case 'refused':
      return boot.silences.length === 0 ? boot : { ...boot, silences: [] };
    case 'silent':
      return {
        ...boot,
        silences: [...boot.silences, { n: event.n, command: event.command, waited: event.waited }].slice(-20),
      };
    case 'probe':
      return stepProbe({ ...boot, silences: [] }, event, context);
  }
}

function stepProbe(boot: Boot, event: Extract<TraceEvent, { kind: 'probe' }>, context: TraceHeader): Boot {
  const answer = readAnswer(context.guest.probe, event.out, event.nonce);
  if ('refused' in answer) {
    const refusal = { n: event.n, kind: answer.refused, why: answer.why };
    return { ...boot, refusals: [...boot.refusals, refusal].slice(-50) };
  }
  const reading: Reading = {
    n: event.n,
    t: event.t,
    uptime: answer.uptime,
    bootId: answer.bootId,
    ...assess(answer, context),
  };
  const last = boot.readings.at(-1);
  const unchanged = last !== undefined && sameCondition(last, reading);
  return {
    ...boot,
    readings: [...boot.readings, reading],
    streak: unchanged ? boot.streak : boot.readings.length,
  };
}

/** Whether two readings tell of one undisturbed condition: same state, code, driver and boot of the guest. */
function sameCondition(a: Reading, b: Reading): boolean {
  return (
    a.state === b.state &&
    a.code === b.code &&
    a.bootId === b.bootId &&
    a.device?.driver?.version === b.device?.driver?.version &&
    a.device?.driver?.service === b.device?.driver?.service
  );
}

/** QMP's RESET and SHUTDOWN say who asked: `{"guest": true|false, "reason": …}` (QEMU qapi/run-state.json). */
function fromGuest(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'guest' in data && data.guest === true;
}

/** `guest-get-osinfo` answers with `id`, `mswindows` on Windows (QEMU qga/commands-win32.c). */
function readOsId(event: TraceEvent): string | null {
  if (event.ch !== 'agent' || event.kind !== 'reply' || event.command !== 'guest-get-osinfo') return null;
  const { data } = event;
  if (typeof data !== 'object' || data === null || !('id' in data) || typeof data.id !== 'string')
    return null;
  return data.id;
}
