import { readAnswer } from '../guest/answers/read-answer.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';
import { assess } from './assess.ts';
import { newBoot, type Boot, type Reading } from './boot.ts';
import { readClaim } from './claim.ts';

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
