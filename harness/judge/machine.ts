import type { TraceEvent } from '../trace/event.ts';

/** Where and when something was seen. */
export interface Seen {
  readonly n: number;
  readonly t: number;
}

/** What QEMU, the firmware and the consoles say of a VM: every instrument but the guest agent. Immutable. */
export interface Machine {
  /** Resets by the guest before its agent answered, each at least `RESET_APART` after the one before. */
  readonly resets: readonly Seen[];
  /** Resets by the guest that came too fast to be kept singly. */
  readonly resetStorm: (Seen & { readonly count: number; readonly seconds: number }) | null;
  /** A reset by the guest after its agent had answered. */
  readonly ownReset: Seen | null;
  /** The guest's kernel told QEMU of its panic (GUEST_PANICKED), QEMU ended the VM for it, or the console shows it. */
  readonly panicked: Seen | null;
  readonly panicShutdown: Seen | null;
  readonly panicLine: (Seen & { readonly line: string }) | null;
  readonly watchdog: (Seen & { readonly action: string }) | null;
  /** QEMU's last word on the VM: `running`, `internal-error`, … (qapi/run-state.json, RunState). */
  readonly status: (Seen & { readonly word: string }) | null;
  /** QEMU did not answer a command, and has not since. */
  readonly qemuSilent: (Seen & { readonly command: string; readonly waited: number }) | null;
  /** Whether something in the guest holds the agent's port open. */
  readonly port: (Seen & { readonly open: boolean }) | null;
  /** Seconds since the guest's balloon driver last reported; -1: it never did. */
  readonly report: (Seen & { readonly age: number }) | null;
  /** The last line of the guest's serial console. */
  readonly console: (Seen & { readonly line: string }) | null;
  /** The firmware's own words that it finds nothing to boot. */
  readonly nothingToBoot: (Seen & { readonly line: string }) | null;
}

export const NO_MACHINE: Machine = {
  resets: [],
  resetStorm: null,
  ownReset: null,
  panicked: null,
  panicShutdown: null,
  panicLine: null,
  watchdog: null,
  status: null,
  qemuSilent: null,
  port: null,
  report: null,
  console: null,
  nothingToBoot: null,
};

/**
 * Seconds between two resets that count as two. SeaBIOS under TCG makes 2 to 10 RESET events of one restart within
 * half a second (measured, QEMU 7.2); no guest boots in less than a second.
 */
const RESET_APART = 1;
const RESETS_KEPT = 20;

/** Linux kernel/panic.c, with or without the time in front; its end marker is `---[ end Kernel panic`. */
const PANIC = /^(?:\[\s*\d+\.\d+\]\s*)?Kernel panic - not syncing/;
/** SeaBIOS src/boot.c; edk2 MdeModulePkg BdsDxe/BdsEntry.c, which prints on the serial console. */
const NO_BOOT = /^No bootable device|^BdsDxe: No bootable option or device was found/;

/** Folds one event in; returns the same object when it says nothing of the machine. */
export function stepMachine(machine: Machine, event: TraceEvent, agentHasAnswered: boolean): Machine {
  switch (event.ch) {
    case 'serial':
      return stepConsole(machine, event);
    case 'firmware':
      return NO_BOOT.test(event.line) ? { ...machine, nothingToBoot: event } : machine;
    case 'qmp':
      return stepQmp(machine, event, agentHasAnswered);
    case 'note':
    case 'exec':
    case 'agent':
    case 'kernel':
    case 'statement':
      return machine;
  }
}

function stepConsole(machine: Machine, event: Extract<TraceEvent, { ch: 'serial' }>): Machine {
  const next = event.line.trim() === '' ? machine : { ...machine, console: event };
  if (machine.panicLine === null && PANIC.test(event.line)) return { ...next, panicLine: event };
  return NO_BOOT.test(event.line) ? { ...next, nothingToBoot: event } : next;
}

function stepQmp(
  machine: Machine,
  event: Extract<TraceEvent, { ch: 'qmp' }>,
  agentHasAnswered: boolean,
): Machine {
  switch (event.kind) {
    case 'greeting':
      return machine;
    case 'silent':
      return { ...machine, qemuSilent: event };
    case 'repeated':
      return event.event === 'RESET' ? { ...machine, resetStorm: event } : machine;
    case 'reply':
      return stepReply({ ...machine, qemuSilent: null }, event);
    case 'event':
      return stepEvent(machine, event, agentHasAnswered);
  }
}

function stepReply(machine: Machine, event: Extract<TraceEvent, { ch: 'qmp'; kind: 'reply' }>): Machine {
  const { n, t, data } = event;
  const status = property(data, 'status');
  if (event.command === 'query-status' && typeof status === 'string') {
    return { ...machine, status: { n, t, word: status } };
  }
  const open = property(data, 'frontend-open');
  if (typeof open === 'boolean') return { ...machine, port: { n, t, open } };
  const age = property(data, 'report-age');
  if (typeof age === 'number') return { ...machine, report: { n, t, age } };
  return machine;
}

function stepEvent(
  machine: Machine,
  event: Extract<TraceEvent, { ch: 'qmp'; kind: 'event' }>,
  agentHasAnswered: boolean,
): Machine {
  const { n, t, data } = event;
  switch (event.event) {
    case 'RESET':
      return fromGuest(data) ? stepReset(machine, { n, t }, agentHasAnswered) : machine;
    case 'GUEST_PANICKED':
      return { ...machine, panicked: { n, t } };
    case 'SHUTDOWN':
      // qapi/run-state.json, ShutdownCause.
      return property(data, 'reason') === 'guest-panic' ? { ...machine, panicShutdown: { n, t } } : machine;
    case 'WATCHDOG':
      return { ...machine, watchdog: { n, t, action: String(property(data, 'action')) } };
    case 'RESUME':
      return { ...machine, status: { n, t, word: 'running' } };
    case 'VSERPORT_CHANGE': {
      const open = property(data, 'open');
      return typeof open === 'boolean' ? { ...machine, port: { n, t, open } } : machine;
    }
    default:
      return machine;
  }
}

function stepReset(machine: Machine, seen: Seen, agentHasAnswered: boolean): Machine {
  if (agentHasAnswered) return { ...machine, ownReset: machine.ownReset ?? seen };
  const last = machine.resets.at(-1);
  const counts = last === undefined || seen.t - last.t >= RESET_APART;
  if (!counts || machine.resets.length >= RESETS_KEPT) return machine;
  return { ...machine, resets: [...machine.resets, seen] };
}

/** QMP's RESET and SHUTDOWN say who asked: `{"guest": true|false, "reason": …}` (QEMU qapi/run-state.json). */
export function fromGuest(data: unknown): boolean {
  return property(data, 'guest') === true;
}

function property(data: unknown, name: string): unknown {
  if (typeof data !== 'object' || data === null) return undefined;
  return Object.getOwnPropertyDescriptor(data, name)?.value;
}
