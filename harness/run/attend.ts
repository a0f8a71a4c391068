import type { Vm, VmConsole } from '../host/host.ts';
import type { Recording } from '../trace/header.ts';
import type { LastShown } from './last-shown.ts';

/** A run as those see it who look into its VM. */
export interface RunAtConsole {
  /** Where its trace is. */
  readonly directory: string;
  /** A text as the trace would keep it; its length stays. */
  readonly redact: (text: string) => string;
  /** Writes into the trace what people should know of it; nothing once the trace is closed. */
  readonly note: (text: string) => void;
}

/**
 * Brings somebody to the console of a run's VM, before its first boot. After the boots the VM stays up until the guest
 * ends or the run's signal is aborted, which is how they leave.
 */
export type Attend = (console: VmConsole, run: RunAtConsole) => Promise<Attendance>;

export interface Attendance {
  /** The VM is gone: lets go of whatever was held, and says what was recorded. Called exactly once. */
  end(): Promise<readonly Recording[]>;
}

/** A VM that is still up although its run is over and judged. Disposing it takes it down. */
export interface Kept extends AsyncDisposable, RunAtConsole {
  readonly console: VmConsole;
  readonly lastShown: LastShown;
  /** Whether the guest agent could be talked to when the boots were over. */
  readonly agent: boolean;
}

/** A console was wanted of a host or a VM that has none. */
export class NoConsole extends Error {
  override readonly name = 'NoConsole';

  constructor(host: string, why = 'not in this version') {
    super(`${host} gives no console to this VM: ${why}`);
  }
}

export function consoleOf(vm: Pick<Vm, 'console' | 'noConsole'>, host: string): VmConsole {
  if (vm.console === undefined) throw new NoConsole(host, vm.noConsole);
  return vm.console;
}

/** Resolves when the VM has ended by itself or `signal` is aborted. */
export async function untilDown(console: VmConsole, signal: AbortSignal): Promise<void> {
  const running = console.running();
  if (running === null || signal.aborted) return;
  let onAbort = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    onAbort = resolve;
    signal.addEventListener('abort', onAbort, { once: true });
  });
  await Promise.race([running.ended, left]);
  signal.removeEventListener('abort', onAbort);
}
