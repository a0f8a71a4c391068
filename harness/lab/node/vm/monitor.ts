import { QmpClient, QmpError } from '../../../wire/qmp.ts';
import { refusal } from '../refusals.ts';
import { pathOf } from './running.ts';
import { withSocket } from './socket.ts';

/** Seconds that Proxmox gives QEMU for an answer (qemu-server PVE/QMPClient.pm). */
const ANSWER = 5;

/** Asks QEMU of a VM one thing, over a connection for this one question. @throws Refusal no answer, or an error */
export async function ask(
  vmid: number,
  command: string,
  args: Record<string, unknown> = {},
): Promise<unknown> {
  try {
    return await withSocket(pathOf(vmid, 'qmp'), async (socket) => {
      const qmp = new QmpClient(socket);
      await qmp.negotiate({ seconds: ANSWER });
      return qmp.execute(command, args, { seconds: ANSWER });
    });
  } catch (error) {
    if (error instanceof QmpError)
      throw refusal('qmpFailed', vmid, command, error.message.slice(error.message.indexOf(': ') + 2));
    throw refusal('qmpTimeout', vmid, command);
  }
}

/** How QEMU itself says the VM is: `running`, `paused`, `internal-error`, … */
export async function statusOf(vmid: number): Promise<string> {
  const answer = await ask(vmid, 'query-status');
  const status = answer !== null && typeof answer === 'object' && 'status' in answer ? answer.status : null;
  return typeof status === 'string' ? status : 'unknown';
}
