import type { Boot } from './boot.ts';
import type { Evidence } from './result.ts';
import { quote } from './rule.ts';

/** Seconds that QEMU may take to tell of a panic that the console shows already. */
const PANIC_TOLD = 2;

/** Linux kernel/panic.c: the last that panic() prints, unless it restarts the machine. */
const END_OF_PANIC = /---\[ end Kernel panic - not syncing/;

/**
 * The lines that show a panic of the guest's kernel; null where none is to be believed. One line alone is not: whatever
 * a panic reaches leaves two. QEMU tells GUEST_PANICKED, and then either ends the VM for it (SHUTDOWN, guest-panic) or
 * holds it (query-status, guest-panicked); where it was told to go on it does nothing, and only the console bears it out
 * (qemu_system_guest_panicked in QEMU's system/runstate.c). Linux prints a first line, and a last one after which its
 * console is silent. A guest that answers afterwards has not panicked.
 *
 * @param now seconds on the trace's harness clock
 */
export function panicOf(boot: Boot, now: number): readonly Evidence[] | null {
  const { panicked, panicShutdown, panicLine, status, console } = boot.machine;
  const told = [
    panicked && quote(panicked.n, 'qmp', 'GUEST_PANICKED'),
    panicShutdown && quote(panicShutdown.n, 'qmp', 'SHUTDOWN, reason guest-panic'),
    status?.word === 'guest-panicked' ? quote(status.n, 'qmp', 'query-status: guest-panicked') : null,
  ];
  const shown = [
    panicLine && quote(panicLine.n, 'console', panicLine.line),
    console && END_OF_PANIC.test(console.line) ? quote(console.n, 'console', console.line) : null,
  ];
  const answered = lastAnswer(boot);
  const witnesses = [...told, ...shown].filter((one) => one !== null).filter(({ n }) => (n ?? 0) > answered);
  if (witnesses.length < 2) return null;
  const mayBeTold = boot.ended === null && boot.exit === null && now < (panicLine?.t ?? 0) + PANIC_TOLD;
  return mayBeTold && witnesses.every(({ source }) => source === 'console') ? null : witnesses;
}

/** Number of the last event in which the guest agent said something. */
function lastAnswer({ agentUp, readings, refusals, refused }: Boot): number {
  const said = [agentUp, readings.at(-1), refusals.at(-1), refused.at(-1)];
  return Math.max(0, ...said.map((one) => one?.n ?? 0));
}
