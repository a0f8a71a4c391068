import { CommandFailed, run } from '../wire/shell.ts';
import { type HostAccess, NotGathered } from './access.ts';
import { boundedAnswer, boundedCommand } from './bounded-command.ts';
import { commandAccess, PATIENCE } from './command-access.ts';

/** Looks at the machine that this runs on. */
export function localAccess(signal?: AbortSignal): HostAccess {
  return commandAccess('this machine', async (argv, limit) => {
    try {
      const printed = await run(boundedCommand(argv, limit), {
        timeout: limit.seconds + PATIENCE,
        allowFailure: true,
        maxOutput: limit.bytes + 65_536,
        ...(signal === undefined ? {} : { signal }),
      });
      return boundedAnswer(argv, limit, printed);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof CommandFailed) throw new NotGathered(error.message, { cause: error });
      throw error;
    }
  });
}
