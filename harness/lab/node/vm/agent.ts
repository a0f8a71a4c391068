import { AgentChannel } from '../../../wire/agent-channel.ts';
import { AgentRefused, GuestAgent } from '../../../wire/guest-agent.ts';
import { propertyMap } from '../../../vmconfig/property-string.ts';
import { loadConf } from '../conf/store.ts';
import { refusal } from '../refusals.ts';
import { pathOf, pidOf } from './running.ts';
import { withSocket } from './socket.ts';

/** Seconds that Proxmox waits for an agent's ping, and for most else. */
const PING = 3;
const ANSWER = 5;

/** Whether the agent answers. Like Proxmox it connects for this one question. */
export async function pingAgent(vmid: number): Promise<boolean> {
  try {
    await withSocket(pathOf(vmid, 'qga'), (socket) => new GuestAgent(socket).sync({ seconds: PING }));
    return true;
  } catch {
    return false;
  }
}

export async function askToShutDown(vmid: number): Promise<void> {
  await withSocket(pathOf(vmid, 'qga'), async (socket) => {
    await new GuestAgent(socket).shutdown('powerdown', { seconds: ANSWER });
    // What is written is gone when the socket has taken it; the guest ends it.
    await new Promise<void>((resolve) => socket.end(resolve));
  });
}

/** Asks the agent one thing. @throws Refusal the VM does not run, or has no agent that answers, or it refused */
export async function askAgent(
  vmid: number,
  command: string,
  args: Record<string, unknown> = {},
): Promise<unknown> {
  const { entries } = loadConf(vmid).main;
  if (pidOf(vmid) === null) throw refusal('isNotRunning', vmid);
  const agent = entries.get('agent');
  if (agent === undefined) throw refusal('noAgent');
  if (
    !/^(?:1|yes|on|true)$/.test(propertyMap(agent, 'enabled').get('enabled') ?? '') ||
    !(await pingAgent(vmid))
  )
    throw refusal('agentNotRunning');
  try {
    return await withSocket(pathOf(vmid, 'qga'), async (socket) => {
      const channel = new AgentChannel(socket);
      await channel.sync({ seconds: PING });
      return await channel.call(command, args, { seconds: ANSWER });
    });
  } catch (error) {
    if (error instanceof AgentRefused) throw refusal('agentError', error.desc);
    throw refusal('agentTimeout', vmid, command);
  }
}
