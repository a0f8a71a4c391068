import type { DetachKey } from '../console/detach-key.ts';
import { lookInHere } from '../console/look-in.ts';
import { terminalSize } from '../console/user-terminal.ts';
import { lookInto, NoWayIn, runs } from '../host/proxmox/look-in.ts';
import { NoShellThere, openNode } from '../host/proxmox/node-link.ts';
import type { Reach } from '../scenario/connection.ts';
import { printable } from '../text/printable.ts';
import { ConnectionLost, type Machine } from '../wire/machine/machine.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { interruptible } from './interrupt.ts';
import { asUsage } from './usage-error.ts';

/** The console of a VM ended, and the VM did not. */
class ConsoleEnded extends Error {
  override readonly name = 'ConsoleEnded';
}

/**
 * Puts this terminal on the serial console of a VM that runs on a node, until the person leaves or it ends. Nothing is
 * recorded, and the VM stays as it is.
 *
 * @throws UsageError the node or the VM's console cannot be reached; ConnectionLost and ConsoleEnded later
 */
export async function lookIntoNode(vmid: number, reach: Reach, detach: DetachKey): Promise<ExitCode> {
  const interrupt = interruptible('Leaving the console: the VM stays as it is.');
  const { signal } = interrupt;
  try {
    await using node = await asUsage(openNode(reach, { signal }), ConnectionLost, NoShellThere);
    const console = await asUsage(lookInto(node, vmid, terminalSize()), NoWayIn);
    try {
      process.stdout.write(
        `VM ${vmid} on ${printable(node.name)}\n${detach.name} leaves; the VM stays as it is. Everything else you type goes to the guest.\n`,
      );
      const how = await lookInHere(console, { detach, signal, ended: console.ended });
      if (how === 'ended' && !signal.aborted) await tellEnd(node, vmid, await console.ended);
      else process.stdout.write('The VM was left as it is.\n');
    } finally {
      await console.close();
    }
    return signal.aborted ? EXIT.interrupted : EXIT.asExpected;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    interrupt.release();
  }
}

async function tellEnd(node: Machine, vmid: number, how: string): Promise<void> {
  if (await runs(node, vmid))
    throw new ConsoleEnded(
      `the console of VM ${vmid} on ${node.name} ended, and the VM still runs: ${how}; what it said stands above`,
    );
  process.stdout.write('The VM is down.\n');
}
