import type { Machine } from '../../wire/machine/machine.ts';
import { QmManager } from './qm/qm-manager.ts';
import { PveRefused } from './refused.ts';
import { whyNoSerial } from './vm/serial-port.ts';
import { type Size, VmTerminal } from './vm/vm-terminal.ts';

const ASK = { seconds: 60 };

/** A VM cannot be looked into: it does not run, or has no serial port. */
export class NoWayIn extends Error {
  override readonly name = 'NoWayIn';
}

/**
 * Opens the serial console of a VM that runs on a node, whoever started it. It stays as it is.
 *
 * @throws NoWayIn; PveRefused there is no such VM, or `qm terminal` said no; PveLate; ConnectionLost; PtyUnavailable
 */
export async function lookInto(node: Machine, vmid: number, size: Size): Promise<VmTerminal> {
  const manager = new QmManager(node);
  const { entries } = await manager.config(vmid, ASK).catch((error: unknown) => {
    if (!(error instanceof PveRefused) || error.reason !== 'no-such-vm') throw error;
    throw new NoWayIn(`there is no VM ${vmid} on ${node.name}: \`qm list\` there shows those there are`, {
      cause: error,
    });
  });
  if (!(await runs(node, vmid)))
    throw new NoWayIn(`VM ${vmid} on ${node.name} does not run: \`qm start ${vmid}\` there starts it`);
  const why = whyNoSerial(vmid, entries);
  if (why !== null) throw new NoWayIn(why);
  return VmTerminal.open(node, vmid, size);
}

/** Whether a VM runs now. @throws PveRefused; PveLate; ConnectionLost */
export async function runs(node: Machine, vmid: number): Promise<boolean> {
  return (await new QmManager(node).status(vmid, ASK)).status === 'running';
}
