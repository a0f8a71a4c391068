/** Seconds between asking a process group to end and killing it. */
const GRACE = 2;

export interface StopOptions {
  /** Seconds. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

export type StopReason = 'timeout' | 'aborted' | 'output';

export interface GroupStopper extends Disposable {
  readonly signal: AbortSignal;
  readonly reason: StopReason | null;
  end(reason: StopReason): void;
  watch(pid: number | undefined): void;
}

/** Ends a process group on a deadline, an abort or too much output: politely, then by force. */
export function groupStopper(options: StopOptions): GroupStopper {
  const controller = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  let reason: StopReason | null = null;
  let group: number | undefined;
  const end = (why: StopReason): void => {
    if (reason !== null) return;
    reason = why;
    // zx sends SIGTERM to the group when its signal is aborted.
    controller.abort();
    timers.push(setTimeout(() => { killGroup(group); }, GRACE * 1000)); // prettier-ignore
  };
  const onAbort = (): void => { end('aborted'); }; // prettier-ignore
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.timeout !== undefined) timers.push(setTimeout(() => { end('timeout'); }, options.timeout * 1000)); // prettier-ignore
  return {
    signal: controller.signal,
    get reason() {
      return reason;
    },
    end,
    watch(pid) {
      group = pid;
    },
    [Symbol.dispose]() {
      for (const timer of timers) clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
    },
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
