import type { HostAccess } from '../collect/access.ts';
import { machineAccess } from '../collect/machine-access.ts';
import { type NodeReach, openNode } from '../host/proxmox/node-link.ts';
import { ConnectionLost, type Machine } from '../wire/machine/machine.ts';
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
  await atNode(destination === undefined ? 'here' : { ssh: destination }, (machine, signal) =>
    look(machineAccess(machine, signal), signal),
  );
}

/**
 * The same with the machine itself.
 *
 * @returns what the look came to; null: it was stopped by Ctrl-C, and the exit code says so
 * @throws UsageError the machine cannot be reached
 */
export async function atNode<T>(
  reach: NodeReach,
  look: (machine: Machine, signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const { signal, release } = interruptible('Stopping: nothing will be written.');
  try {
    await using machine = await openNode(reach, { signal });
    return await look(machine, signal);
  } catch (error) {
    if (error instanceof ConnectionLost && !signal.aborted)
      throw new UsageError(error.message, { cause: error.cause });
    if (!signal.aborted) throw error;
    process.exitCode = EXIT.interrupted;
    process.stderr.write(
      'code43: stopped by the user. Nothing was written, and nothing was changed on the host.\n',
    );
    return null;
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
