import { CommandFailed } from '../wire/shell.ts';
import type { Machine } from '../wire/machine/machine.ts';
import { type HostAccess, NotGathered } from './access.ts';
import { boundedAnswer, boundedCommand } from './bounded-command.ts';
import { commandAccess, PATIENCE } from './command-access.ts';

/** Looks at a machine. What is asked there ends with the connection: nobody waits for it any more. */
export function machineAccess(machine: Machine, signal?: AbortSignal): HostAccess {
  return commandAccess(machine.name, async (argv, limit) => {
    const seconds = limit.seconds + PATIENCE;
    try {
      const printed = await machine.run(boundedCommand(argv, limit), {
        seconds,
        maxOutput: limit.bytes + 65_536,
        whenLost: 'end',
        signal,
      });
      return boundedAnswer(argv, limit, printed);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof CommandFailed)) throw error;
      const why = error.timedOut ? `no answer within ${seconds} s` : error.message;
      throw new NotGathered(why, { cause: error });
    }
  });
}
