import type { TraceEvent } from '../trace/event.ts';
import type { TraceHeader } from '../trace/header.ts';
import { begin, newBoot, type Boot } from './boot.ts';
import { readClaim } from './claim.ts';
import { type Hardware, NO_HARDWARE, stepHardware } from './hardware.ts';
import { fromGuest, stepMachine } from './machine.ts';
import { QEMU } from './programs.ts';
import { stepFallback, stepProbe, stepRefused, stepRunning } from './step-probe.ts';

/** A reporter's statement, and what it claims; null where it claims nothing we can read. */
export interface Claim {
  readonly n: number;
  readonly text: string;
  readonly says: 'works' | 'fails' | null;
}

/** The same guest without the device, started since boot `of` came to no verdict. */
export interface Control {
  readonly of: number;
  /** Open while its `ended` is null. */
  readonly boot: Boot;
}

export interface Timeline {
  readonly boots: readonly Boot[];
  /** Kept apart from the boots: what is seen in them says nothing of the device. */
  readonly controls: readonly Control[];
  readonly claims: readonly Claim[];
  /** The guest agent said which operating system it runs in. */
  readonly osId: string | null;
  readonly hardware: Hardware;
}

export const EMPTY_TIMELINE: Timeline = {
  boots: [],
  controls: [],
  claims: [],
  osId: null,
  hardware: NO_HARDWARE,
};

/** The boot that is being observed: an open control, else the last boot. */
export function presentBoot({ boots, controls }: Timeline): Boot | undefined {
  const control = controls.at(-1)?.boot;
  return control?.ended === null ? control : boots.at(-1);
}

const STDERR_KEPT = 20;
/** Silences and refusals of the agent in a row. */
const KEPT = 20;

/** Folds one event into the boots. Pure; returns the same object when the event says nothing about a boot. */
export function stepTimeline(before: Timeline, event: TraceEvent, context: TraceHeader): Timeline {
  const isControl = before.controls.at(-1)?.boot.ended === null;
  const hardware = stepHardware(before.hardware, event, context, isControl);
  const timeline = hardware === before.hardware ? before : { ...before, hardware };
  if (event.ch === 'note' && (event.kind === 'boot.begin' || event.kind === 'boot.skip')) {
    return { ...timeline, boots: [...timeline.boots, newBoot(event, timeline.boots.at(-1))] };
  }
  if (event.ch === 'note' && event.kind === 'control.begin') {
    const boot = begin({ boot: event.of, asked: 'start', began: event.t }, timeline.boots.at(-1));
    return { ...timeline, controls: [...timeline.controls, { of: event.of, boot }] };
  }
  if (event.ch === 'statement') {
    const claim: Claim = { n: event.n, text: event.text, says: readClaim(event.text) };
    return { ...timeline, claims: [...timeline.claims, claim] };
  }
  const boot = presentBoot(timeline);
  if (boot === undefined) return timeline;
  const next = asCold(boot, stepBoot(boot, event, context), hardware);
  const osId = readOsId(event) ?? timeline.osId;
  if (next === boot && osId === timeline.osId) return timeline;
  return { ...withPresent(timeline, boot, next), osId };
}

/** A start that was to be cold was so where no VM had had the device since the host was booted. */
function asCold(before: Boot, next: Boot, { isFresh }: Hardware): Boot {
  const starts = before.observed !== 'start' && next.observed === 'start';
  return starts && next.asked === 'cold' && isFresh ? { ...next, observed: 'cold' } : next;
}

/** The timeline with what the present boot has become. */
function withPresent(timeline: Timeline, boot: Boot, next: Boot): Timeline {
  if (next === boot) return timeline;
  const { boots, controls } = timeline;
  const control = controls.at(-1);
  if (control?.boot !== boot) return { ...timeline, boots: [...boots.slice(0, -1), next] };
  return { ...timeline, controls: [...controls.slice(0, -1), { ...control, boot: next }] };
}

function stepBoot(boot: Boot, event: TraceEvent, context: TraceHeader): Boot {
  if (boot.ended !== null) return event.ch === 'note' ? stepEnded(boot, event) : boot;
  if (boot.leaving !== null && event.ch !== 'note') return stepLeaving(boot, event);
  const next = stepBegun(boot, event, context);
  // The restart that was asked for is none of the guest's own.
  if (next.observed !== boot.observed) return next;
  const machine = stepMachine(next.machine, event, next.agentUp !== null);
  return machine === next.machine ? next : { ...next, machine };
}

/** What was dropped is told at the end of a run, too. */
function stepEnded(boot: Boot, event: Extract<TraceEvent, { ch: 'note' }>): Boot {
  return event.kind === 'dropped' ? { ...boot, dropped: boot.dropped + event.count } : boot;
}

function stepLeaving(boot: Boot, event: TraceEvent): Boot {
  const gone = event.ch === 'exec' && event.kind === 'exit' && event.pid === boot.leaving;
  return gone ? { ...boot, leaving: null } : boot;
}

function stepBegun(boot: Boot, event: TraceEvent, context: TraceHeader): Boot {
  switch (event.ch) {
    case 'note':
      if (event.kind === 'boot.end' || event.kind === 'control.end') return { ...boot, ended: event.t };
      if (event.kind === 'stopped') return { ...boot, ended: event.t, stopped: true };
      if (event.kind === 'dropped') return { ...boot, dropped: boot.dropped + event.count };
      // The guest is not to answer for the time that its host took to restart.
      if (event.kind === 'host.restart' && boot.observed === null) return { ...boot, began: event.t };
      return boot;
    case 'exec':
      return stepExec(boot, event);
    case 'qmp':
      return stepQmp(boot, event);
    case 'agent':
      return stepAgent(boot, event, context);
    case 'serial':
    case 'firmware':
    case 'kernel':
    case 'statement':
      return boot;
  }
}

/** Proxmox VE's own VM manager: its words and its refusal to start a VM stand for those of a QEMU that never came. */
const MANAGER = 'qm';

function stepExec(boot: Boot, event: Extract<TraceEvent, { ch: 'exec' }>): Boot {
  if (event.program === MANAGER && event.kind === 'exit') {
    return {
      ...boot,
      observed: 'start',
      exit: { n: event.n, t: event.t, code: event.code, signal: event.signal },
    };
  }
  const speaks = event.program === MANAGER && event.kind === 'stderr';
  if (!QEMU.test(event.program) && !speaks) return boot;
  switch (event.kind) {
    case 'spawn':
      return { ...boot, observed: 'start', pid: event.pid };
    case 'stderr':
      if (boot.stderr.length >= STDERR_KEPT) return boot;
      return { ...boot, stderr: [...boot.stderr, { n: event.n, line: event.line }] };
    case 'exit':
      if (event.pid !== boot.pid) return boot;
      return { ...boot, exit: { n: event.n, t: event.t, code: event.code, signal: event.signal } };
  }
}

function stepQmp(boot: Boot, event: Extract<TraceEvent, { ch: 'qmp' }>): Boot {
  if (event.kind === 'greeting') return { ...boot, greeting: event.n };
  if (event.kind !== 'event') return boot;
  switch (event.event) {
    case 'RESET':
      return boot.observed === null ? { ...boot, observed: whichReset(event.data) } : boot;
    case 'SHUTDOWN':
      return fromGuest(event.data) ? { ...boot, guestShutdown: event.n } : boot;
    default:
      return boot;
  }
}

function stepAgent(before: Boot, event: Extract<TraceEvent, { ch: 'agent' }>, context: TraceHeader): Boot {
  const { n, t } = event;
  const boot = event.kind === 'silent' || before.agentSpoke ? before : { ...before, agentSpoke: true };
  switch (event.kind) {
    case 'up':
      return { ...boot, agentUp: boot.agentUp ?? { n, t }, silences: [] };
    case 'reply':
      return boot.silences.length === 0 ? boot : { ...boot, silences: [] };
    case 'refused': {
      const { command, error, as = 'error' } = event;
      return stepRefused({ ...boot, silences: [] }, { n, t, command, error, as });
    }
    case 'silent': {
      const { command, waited, heard = 0 } = event;
      return { ...boot, silences: [...boot.silences, { n, t, command, waited, heard }].slice(-KEPT) };
    }
    case 'running':
      return stepRunning({ ...boot, silences: [] }, event);
    case 'probe':
      return stepProbe({ ...boot, silences: [], refused: [] }, event, context);
    case 'fallback':
      return stepFallback({ ...boot, silences: [], refused: [] }, event, context);
  }
}

/**
 * Who asked for a reset is said twice, by `guest` and by `reason` (QEMU qapi/run-state.json, ShutdownCause); null
 * where the two do not agree.
 */
function whichReset(data: unknown): 'reset' | 'reboot' | null {
  if (typeof data !== 'object' || data === null || !('guest' in data) || !('reason' in data)) return null;
  const byHost = typeof data.reason === 'string' && data.reason.startsWith('host-');
  if (typeof data.guest !== 'boolean' || data.guest === byHost) return null;
  return byHost ? 'reset' : 'reboot';
}

/** `guest-get-osinfo` answers with `id`, `mswindows` on Windows (QEMU qga/commands-win32.c). */
function readOsId(event: TraceEvent): string | null {
  if (event.ch !== 'agent' || event.kind !== 'reply' || event.command !== 'guest-get-osinfo') return null;
  const { data } = event;
  if (typeof data !== 'object' || data === null || !('id' in data) || typeof data.id !== 'string')
    return null;
  return data.id;
}
