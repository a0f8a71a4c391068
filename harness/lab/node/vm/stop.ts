import { hang } from '../fault.ts';
import { refusal } from '../refusals.ts';
import { propertyMap } from '../../../vmconfig/property-string.ts';
import { askToShutDown, pingAgent } from './agent.ts';
import { ended } from './ended.ts';
import { ask } from './monitor.ts';
import { pidOf, sweep } from './running.ts';

/** Seconds that a stopping VM gets; the same for a process that was sent SIGTERM. */
const STOP = 60;
const TERM = 10;

/** Stops a VM's QEMU by its monitor, then by signals; the caller has its lock. One that does not run is no trouble. */
export async function stopVm(vmid: number, say: (text: string) => void, seconds = STOP): Promise<void> {
  if (await hang('stop-hangs', vmid, () => pidOf(vmid) === null)) {
    if (pidOf(vmid) === null) sweep(vmid);
  }
  if (pidOf(vmid) === null) return;
  const asked = await ask(vmid, 'quit').then(
    () => true,
    () => false,
  );
  if (asked && (await ended(vmid, seconds))) return;
  await kill(vmid, say, asked ? 'VM still running' : 'VM quit/powerdown failed');
}

/** Source: qemu-server PVE/QemuServer.pm, _do_vm_stop. */
async function kill(vmid: number, say: (text: string) => void, why: string): Promise<void> {
  say(`${why} - terminating now with SIGTERM\n`);
  signal(vmid, 'SIGTERM');
  if (await ended(vmid, TERM)) return;
  say('VM still running - terminating now with SIGKILL\n');
  signal(vmid, 'SIGKILL');
  await ended(vmid, TERM);
}

function signal(vmid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  const pid = pidOf(vmid);
  if (pid !== null) process.kill(pid, name);
}

/**
 * Asks the guest to shut down: through its agent where the config has one and it answers, else by the power button.
 *
 * @throws Refusal it did not in time, and was not to be forced
 */
export async function shutDownVm(
  vmid: number,
  entries: ReadonlyMap<string, string>,
  say: (text: string) => void,
  { seconds = STOP, force = false }: { readonly seconds?: number; readonly force?: boolean },
): Promise<void> {
  await hang('stop-hangs', vmid, () => pidOf(vmid) === null);
  const enabled = propertyMap(entries.get('agent') ?? null, 'enabled').get('enabled');
  const configured = enabled !== undefined && /^(?:1|yes|on|true)$/.test(enabled);
  if (configured && (await pingAgent(vmid))) await askToShutDown(vmid);
  else {
    if (configured)
      say(`QEMU Guest Agent is not running - VM ${vmid} qga command 'guest-ping' failed - got timeout\n`);
    await ask(vmid, 'system_powerdown');
  }
  if (await ended(vmid, seconds)) return;
  if (!force) throw refusal('shutdownTimeout');
  await kill(vmid, say, 'VM still running');
}
