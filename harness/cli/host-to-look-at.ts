import { ConnectionLost, type HostAccess } from '../collect/access.ts';
import { localAccess } from '../collect/local-access.ts';
import { sshAccess } from '../collect/ssh-access.ts';
import { EXIT } from './exit-code.ts';
import { interruptible } from './interrupt.ts';
import { UsageError } from './usage-error.ts';

/**
 * Looks at this machine, or at another one over ssh, and closes the connection whatever happens. On Ctrl-C the exit
 * code says so, and what was begun is let go.
 *
 * @throws UsageError the host cannot be reached
 */
export async function lookAtHost(
  destination: string | undefined,
  look: (access: HostAccess, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { signal, release } = interruptible('Stopping: nothing will be written.');
  try {
    if (destination === undefined) {
      await look(localAccess(signal), signal);
      return;
    }
    await using access = await sshAccess(destination, signal);
    await look(access, signal);
  } catch (error) {
    if (signal.aborted) {
      process.exitCode = EXIT.interrupted;
      process.stderr.write(
        'code43: stopped by the user. Nothing was written, and nothing was changed on the host.\n',
      );
    } else if (error instanceof ConnectionLost) throw new UsageError(error.message, { cause: error.cause });
    else throw error;
  } finally {
    release();
  }
}

/** A VM's number, as Proxmox counts them. @throws UsageError */
export function vmNumber(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`${JSON.stringify(text.slice(0, 40))} is no number of a VM, such as 103`);
  return Number(text);
}

/** One line of progress, over the one before on a terminal. */
export function sayStep(what: string, step: number, steps: number): void {
  const line = `${step}/${steps} ${what}`;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line.slice(0, process.stderr.columns - 1)}`);
  else process.stderr.write(`${line}\n`);
}

export function endSteps(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
