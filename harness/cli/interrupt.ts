import { EXIT } from './exit-code.ts';

/**
 * Turns the first Ctrl-C (or SIGTERM, SIGHUP) into an abort, so that what runs is stopped and what is finished is kept;
 * the second one ends the process at once. The returned signal is aborted by the first.
 */
export function interruptible(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    process.stderr.write('\nStopping: what is finished is kept. Once more ends it at once.\n');
    controller.abort(new Error('stopped by the user'));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
