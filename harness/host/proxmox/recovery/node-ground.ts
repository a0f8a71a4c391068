import type { Rung } from '../../../trace/words.ts';
import type { Limit } from '../../../wire/deadline.ts';
import { ConnectionLost, type Machine } from '../../../wire/machine/machine.ts';
import type { PowerSwitch } from '../../../scenario/connection.ts';
import { CommandFailed } from '../../../wire/shell.ts';
import { PveRefused } from '../refused.ts';
import type { VmManager } from '../vm-manager.ts';
import type { Ground } from './try-rung.ts';
import { bootIdOf } from '../node/boot-id.ts';
import { deviceHealth } from './device-health.ts';
import { rebindDriver, resetDevice } from './device-rungs.ts';
import { cyclePower } from './power/cycle-power.ts';
import { killQemu, QEMU_DIRECTORY, qemuProcess } from './qemu-process.ts';
import { RungFailed } from './rung-failed.ts';
import type { QemuProcess, Situation } from './situation.ts';

export interface NodeGroundOptions {
  /**
   * The node as it can be reached now, over a new connection where the last one is lost: a host that restarts takes its
   * connections with it. @throws ConnectionLost it does not answer
   */
  readonly node: () => Promise<Machine>;
  /** Over that machine. */
  readonly manager: (node: Machine) => VmManager;
  readonly vmid: number;
  /** The VM's config has a guest agent, which then is what `qm shutdown` asks. */
  readonly agent: boolean;
  /** Null: it is left alone. `driver`: the one it should be on when the VM is down; null: any. */
  readonly device: { readonly address: string; readonly driver: string | null } | null;
  readonly power: PowerSwitch | null;
  readonly qemuDirectory?: string;
}

const ASK = 20;

/** A VM and its device on a Proxmox VE node, for `climb`: seen in /proc and /sys of the node, not by what Proxmox says. */
export function nodeGround(options: NodeGroundOptions): Ground {
  const ground = new NodeGround(options);
  const { device, power, agent } = options;
  const rungs = new Map<Rung, (limit: Limit) => Promise<void>>();
  rungs.set('wait', () => Promise.resolve());
  if (agent) rungs.set('agent-shutdown', (limit) => ground.shutdown(limit));
  rungs.set('acpi', (limit) => (agent ? ground.powerButton(limit) : ground.shutdown(limit)));
  rungs.set('stop', (limit) => ground.stop(limit));
  rungs.set('kill', () => ground.kill());
  if (device !== null) {
    rungs.set('device-reset', (limit) => ground.reset(device.address, limit));
    rungs.set('driver-rebind', (limit) => ground.rebind(device.address, device.driver, limit));
  }
  rungs.set('host-reboot', (limit) => ground.reboot(limit));
  if (power !== null) rungs.set('power-switch', (limit) => cyclePower(power, limit));
  return { look: (limit) => ground.look(limit), rungs };
}

class NodeGround {
  readonly #options: NodeGroundOptions;
  readonly #directory: string;
  #vm: QemuProcess | null = null;

  constructor(options: NodeGroundOptions) {
    this.#options = options;
    this.#directory = options.qemuDirectory ?? QEMU_DIRECTORY;
  }

  async look(limit: Limit): Promise<Situation> {
    try {
      const node = await this.#options.node();
      const bootId = await bootIdOf(node, { ...limit, seconds: ASK });
      this.#vm = await this.#qemu(node, limit);
      const { device } = this.#options;
      const free = this.#vm === null && device !== null;
      const health = free ? await deviceHealth(node, device.address, device.driver) : null;
      return { host: { bootId }, vm: this.#vm, device: health };
    } catch (error) {
      // A host that lets us in and runs nothing any more does not answer either.
      if (error instanceof ConnectionLost || (error instanceof CommandFailed && error.timedOut))
        return { host: null, vm: null, device: null };
      throw error;
    }
  }

  async #qemu(node: Machine, limit: Limit): Promise<QemuProcess | null> {
    const seen = await qemuProcess(node, this.#options.vmid, this.#directory);
    if (seen === null) return null;
    const same = this.#vm?.pid === seen.pid && this.#vm.start === seen.start;
    return { ...seen, guestRuns: same ? (this.#vm?.guestRuns ?? true) : await this.#guestRuns(node, limit) };
  }

  /** Where nobody says so, it may: a shutdown that is asked in vain only takes its time. */
  async #guestRuns(node: Machine, { signal }: Limit): Promise<boolean> {
    try {
      const { qmpstatus } = await this.#options
        .manager(node)
        .status(this.#options.vmid, { seconds: ASK, signal });
      return !STILL.has(qmpstatus);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ConnectionLost) throw error;
      return true;
    }
  }

  async shutdown(limit: Limit): Promise<void> {
    await this.#task((manager) => manager.shutdown(this.#options.vmid, limit), 'shutdown');
  }

  async stop(limit: Limit): Promise<void> {
    await this.#task((manager) => manager.stop(this.#options.vmid, limit), 'stop');
  }

  async #task(verb: (manager: VmManager) => ReturnType<VmManager['stop']>, name: string): Promise<void> {
    const { vmid, manager, node } = this.#options;
    const { ok, exitstatus } = await verb(manager(await node()));
    if (!ok) throw new PveRefused(`${name} of VM ${vmid}`, exitstatus);
  }

  /** The only way to press the guest's power button while its config has an agent: `qm monitor` takes commands on stdin. */
  async powerButton(limit: Limit): Promise<void> {
    const { node, vmid } = this.#options;
    const input = 'system_powerdown\nquit\n';
    const { code, stderr } = await (await node()).run(['qm', 'monitor', String(vmid)], { ...limit, input });
    if (code !== 0) throw new RungFailed(`qm monitor ${vmid}: ${stderr.trim().slice(0, 300)}`);
  }

  async kill(): Promise<void> {
    const { node, vmid } = this.#options;
    const there = await node();
    const seen = await qemuProcess(there, vmid, this.#directory);
    if (seen !== null) await killQemu(there, vmid, seen, this.#directory);
  }

  async reset(address: string, limit: Limit): Promise<void> {
    await resetDevice(await this.#options.node(), address, limit);
  }

  async rebind(address: string, driver: string | null, limit: Limit): Promise<void> {
    await rebindDriver(await this.#options.node(), address, driver, limit);
  }

  async reboot({ signal }: Limit): Promise<void> {
    const node = await this.#options.node();
    try {
      const { code, stderr } = await node.run(['systemctl', 'reboot'], { seconds: ASK, signal });
      if (code !== 0) throw new RungFailed(`systemctl reboot: ${stderr.trim().slice(0, 300)}`);
    } catch (error) {
      // The host may be gone before it has answered: what it then does is looked at.
      if (!(error instanceof ConnectionLost)) throw error;
    }
  }
}

/** States of QEMU in which the guest's processors do not run (QEMU qapi/run-state.json, RunState). */
const STILL: ReadonlySet<string> = new Set([
  'debug',
  'guest-panicked',
  'internal-error',
  'io-error',
  'paused',
  'postmigrate',
  'prelaunch',
  'save-vm',
  'shutdown',
  'suspended',
  'watchdog',
]);
