import type { Boot } from './boot.ts';
import type { Evidence } from './result.ts';
import { panicOf } from './panic.ts';
import { quote } from './rule.ts';

/** What ends a boot at once: nothing of it can be observed any more, or waiting would change nothing. */
export const ENDINGS = [
  'panicked',
  'internal-error',
  'io-error',
  'watchdog',
  'paused',
  'reset-loop',
  'nothing-to-boot',
  'shut-down',
  'rebooted',
  'exited',
  'hangs',
] as const;
export type EndingKind = (typeof ENDINGS)[number];

export interface Ending {
  readonly kind: EndingKind;
  /** For a person, as the reason why the boot was given up. */
  readonly why: string;
  readonly evidence: readonly Evidence[];
}

/**
 * Resets by the guest, each at least a second after the one before, that make a loop. One boot may need a few: firmware
 * that sets up its variables, an installer between two of its stages.
 */
const LOOP = 5;

/**
 * How a boot ended, as far as something that was observed ends it; null while it may still go well.
 *
 * @param now seconds on the trace's harness clock
 */
export function endingOf(boot: Boot, now: number): Ending | null {
  return (
    panicked(boot, now) ??
    stopped(boot) ??
    watchdog(boot) ??
    resetLoop(boot) ??
    nothingToBoot(boot) ??
    leftByItself(boot) ??
    exited(boot) ??
    hangs(boot)
  );
}

function panicked(boot: Boot, now: number): Ending | null {
  const evidence = panicOf(boot, now);
  return evidence === null ? null : { kind: 'panicked', why: 'the guest panicked', evidence };
}

/** A VM that QEMU holds still, by what `query-status` calls it (qapi/run-state.json, RunState). */
const STOPPED: Readonly<Record<string, EndingKind>> = {
  'internal-error': 'internal-error',
  'io-error': 'io-error',
  watchdog: 'watchdog',
  paused: 'paused',
};

function stopped({ machine: { status } }: Boot): Ending | null {
  const kind = status === null ? undefined : STOPPED[status.word];
  if (status === null || kind === undefined) return null;
  const evidence = [quote(status.n, 'qmp', `query-status: ${status.word}`)];
  return { kind, why: `QEMU stopped the VM: ${status.word}`, evidence };
}

function watchdog({ machine: { watchdog: fired } }: Boot): Ending | null {
  if (fired === null) return null;
  const evidence = [quote(fired.n, 'qmp', `WATCHDOG, action ${fired.action}`)];
  return { kind: 'watchdog', why: "the guest's watchdog fired", evidence };
}

function resetLoop({ machine: { resets, resetStorm } }: Boot): Ending | null {
  const first = resets[0];
  const last = resets.at(-1);
  if (resetStorm !== null) {
    const { n, count, seconds } = resetStorm;
    const evidence = [quote(n, 'qmp', `RESET, ${count} times more within ${seconds.toFixed(1)} s`)];
    return { kind: 'reset-loop', why: 'the guest resets without end', evidence };
  }
  if (first === undefined || last === undefined || resets.length < LOOP) return null;
  const text = `${resets.length} resets by the guest within ${(last.t - first.t).toFixed(0)} s`;
  return {
    kind: 'reset-loop',
    why: 'the guest resets again and again',
    evidence: [quote(last.n, 'qmp', text)],
  };
}

function nothingToBoot({ agentUp, machine: { nothingToBoot: said } }: Boot): Ending | null {
  if (said === null || agentUp !== null) return null;
  const evidence = [quote(said.n, 'firmware', said.line)];
  return { kind: 'nothing-to-boot', why: 'the firmware finds nothing to boot', evidence };
}

function leftByItself({ guestShutdown, machine: { ownReset } }: Boot): Ending | null {
  if (guestShutdown !== null) {
    const evidence = [quote(guestShutdown, 'qmp', 'SHUTDOWN asked for by the guest')];
    return { kind: 'shut-down', why: 'the guest shut itself down', evidence };
  }
  if (ownReset === null) return null;
  const evidence = [quote(ownReset.n, 'qmp', 'RESET asked for by the guest, after its agent had answered')];
  return { kind: 'rebooted', why: 'the guest restarted itself', evidence };
}

function exited({ exit, stderr }: Boot): Ending | null {
  if (exit === null) return null;
  const how = exit.signal === null ? `exit code ${exit.code ?? '?'}` : exit.signal;
  const said = stderr.slice(0, 5).map(({ n, line }) => quote(n, 'qemu', line));
  return {
    kind: 'exited',
    why: 'QEMU is gone',
    evidence: [...said, quote(exit.n, 'qemu', `ended with ${how}`)],
  };
}

function hangs({ machine: { qemuSilent } }: Boot): Ending | null {
  if (qemuSilent === null) return null;
  const { n, command, waited } = qemuSilent;
  const evidence = [quote(n, 'qmp', `no answer to ${command} within ${waited.toFixed(0)} s`)];
  return { kind: 'hangs', why: 'QEMU does not answer any more', evidence };
}
