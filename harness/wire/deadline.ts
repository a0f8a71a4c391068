/** How long a wait may last: seconds, and a signal that ends it early. */
export interface Limit {
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for `work` within a limit. What `work` does later is ignored.
 *
 * @throws what `late` makes once the seconds have passed; the signal's reason on an abort
 */
export async function within<T>(work: Promise<T>, limit: Limit, late: () => Error): Promise<T> {
  // Whoever loses the race must not become an unhandled rejection.
  work.catch(() => undefined);
  const { signal } = limit;
  signal?.throwIfAborted();
  const { promise, reject } = settleable();
  const timer = setTimeout(() => {
    reject(late());
  }, limit.seconds * 1000);
  const onAbort = (): void => {
    reject(reasonOf(signal));
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error('stopped', { cause: reason });
}

function settleable(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  promise.catch(() => undefined);
  return { promise, reject };
}
