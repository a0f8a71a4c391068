import { EXIT } from './exit-code.ts';

/**
 * Turns the first Ctrl-C (or SIGTERM, SIGHUP) into an abort, so that what runs is stopped and what is finished is kept;
 * a second Ctrl-C or SIGTERM ends the process at once. A closed terminal sends SIGHUP more than once, from the kernel
 * and from the shell, and means nothing by it. The returned signal is aborted by the first.
 *
 * @param stopping what the first says
 */
export function interruptible(stopping = 'Stopping: what is finished is kept.'): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      if (name === 'SIGHUP') return;
      process.exit(EXIT.interrupted);
    }
    process.stderr.write(`\n${stopping} Once more ends it at once.\n`);
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
