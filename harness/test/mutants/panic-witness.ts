import type { Observation, TraceEvent } from '../../trace/event.ts';
import type { Random } from './random.ts';

const WHY = 'Attempted to kill init!';

/**
 * Each line that a panic leaves by itself: what QEMU tells (qapi/run-state.json: GUEST_PANICKED with each of its
 * GuestPanicAction, ShutdownCause, RunState), and what Linux prints at the begin and the end of its panic().
 */
const WITNESSES: readonly Observation[] = [
  ...['pause', 'poweroff', 'run'].map((action): Observation => {
    return { ch: 'qmp', kind: 'event', event: 'GUEST_PANICKED', data: { action } };
  }),
  { ch: 'qmp', kind: 'event', event: 'SHUTDOWN', data: { guest: true, reason: 'guest-panic' } },
  { ch: 'qmp', kind: 'reply', command: 'query-status', data: { status: 'guest-panicked', running: false } },
  { ch: 'serial', line: `[    1.234567] Kernel panic - not syncing: ${WHY}` },
  { ch: 'serial', line: `[    1.345678] ---[ end Kernel panic - not syncing: ${WHY} ]---` },
];

/**
 * One line of a panic. Where `events` hold one already it is that one again: two that bear each other out forge a panic
 * that no judge of the trace alone can tell from a real one.
 */
export function panicWitness(events: readonly TraceEvent[], random: Random): Observation {
  const there = events.find(isWitness);
  return there ?? random.pick(WITNESSES);
}

function isWitness(event: TraceEvent): boolean {
  // An event that was garbled may lack anything.
  const tells = event.ch === 'serial' || event.ch === 'qmp';
  return tells && /GUEST_PANICKED|guest-panic|Kernel panic/.test(JSON.stringify(event));
}
