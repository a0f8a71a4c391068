import { DownloadFailed } from './download-failed.ts';

/** How long a download may take, in seconds. */
export interface Deadlines {
  /** From the question to the first word of each answer, and from one piece of the file to the next. */
  readonly silence: number;
  /** For all of it. */
  readonly whole: number;
}

/** What work that is watched tells its watcher. */
export interface Clock {
  /** Ends all that is under way. */
  readonly signal: AbortSignal;
  /** Something has arrived: the silence begins anew. */
  readonly moved: () => void;
}

/**
 * Does work that ends when its deadlines pass or its caller's signal comes.
 *
 * @throws {DownloadFailed} `late` or `stopped`; what the work throws otherwise
 */
export async function within<T>(
  url: string,
  { deadlines, signal }: { readonly deadlines: Deadlines; readonly signal?: AbortSignal | undefined },
  work: (clock: Clock) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const end = (reason: DownloadFailed): void => {
    controller.abort(reason);
  };
  const silent = setTimeout(() => {
    end(new DownloadFailed('late', url, `nothing arrived for ${deadlines.silence} s`));
  }, deadlines.silence * 1000);
  const whole = setTimeout(() => {
    end(new DownloadFailed('late', url, `it is not complete after ${deadlines.whole} s`));
  }, deadlines.whole * 1000);
  const onAbort = (): void => {
    end(new DownloadFailed('stopped', url, 'stopped', { cause: signal?.reason }));
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal?.aborted) onAbort();
    const moved = (): void => {
      silent.refresh();
    };
    return await work({ signal: controller.signal, moved });
  } catch (error) {
    const partial = error instanceof DownloadFailed ? error.partial : null;
    const reason: unknown = controller.signal.aborted ? controller.signal.reason : error;
    throw DownloadFailed.of(url, reason, partial);
  } finally {
    clearTimeout(silent);
    clearTimeout(whole);
    signal?.removeEventListener('abort', onAbort);
    // Whatever is still under way is of no use to anybody.
    controller.abort();
  }
}
