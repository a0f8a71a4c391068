import type { DetachKey } from './detach-key.ts';
import type { Link } from './link.ts';
import { type Left, relay } from './relay.ts';
import { UserTerminal } from './user-terminal.ts';

/**
 * Puts this process's own terminal on a console until the person leaves, `ended` resolves or `signal` is aborted; it is
 * as it was before when this returns.
 *
 * @throws NoTerminal
 */
export async function lookInHere(
  link: Link,
  options: {
    readonly detach: DetachKey;
    readonly signal: AbortSignal;
    readonly ended: Promise<unknown>;
  },
): Promise<Left> {
  const over = new AbortController();
  const leave = (): void => {
    over.abort();
  };
  options.ended.then(leave, leave);
  const terminal = await UserTerminal.open();
  const signal = AbortSignal.any([options.signal, over.signal]);
  return relay(terminal, link, { ...options, signal }).finally(() => {
    terminal.close();
  });
}
