import type { Connection } from '../../../scenario/connection.ts';
import type { Observation } from '../../../trace/event.ts';
import type { Wanted } from '../../host.ts';
import type { Hold } from '../lease/hold.ts';
import { LabFailed } from '../life/lab-failed.ts';
import type { ManagedNode } from '../managed-node.ts';
import { whyNotCold } from '../node/device-use.ts';
import type { KernelWatch } from '../node/kernel-watch.ts';
import { nodeGround } from '../recovery/node-ground.ts';
import { type Ground, look, PATIENCE, type RungOptions, tryRung } from '../recovery/try-rung.ts';
import { whatWouldEnd } from './what-would-end.ts';

const ASK = 60;
/** Seconds for Proxmox VE to be up once its node answers. Not observed. */
const SERVICES = 120;

/** The node is under the lease. */
export interface RestartParts extends ManagedNode {
  /** Not under it: a node that comes back has no lease yet. */
  readonly undoing: ManagedNode;
  readonly hold: Hold;
  readonly kernel: KernelWatch;
  readonly vmid: number;
  /** Of the device that is to be as a boot leaves it. */
  readonly address: string;
  readonly connection: Pick<Connection, 'reach' | 'reboot'>;
  readonly patience: NonNullable<RungOptions['patience']>;
  readonly record: (seen: Observation) => void;
  readonly tell: Wanted['tell'];
  /** Makes anew what went with the boot, and looks whether what should outlast it has. */
  readonly remake: () => Promise<void>;
}

/** Restarts a run's host, so that its device is as no VM has had it. The run's own VM is down. */
export class HostRestart {
  readonly #parts: RestartParts;

  constructor(parts: RestartParts) {
    this.#parts = parts;
  }

  /**
   * Why it may not be, a sentence's part; null: it may. Changes nothing.
   *
   * @param bootId of the host now; null: it does not say
   * @throws what `VmManager` throws
   */
  async whyNot(bootId: string | null): Promise<string | null> {
    const { connection, manager, vmid } = this.#parts;
    if (!connection.reboot)
      return 'only a restart of the host makes it as new: `reboot: true` in hosts.yaml allows that';
    if (connection.reach === 'here')
      return 'code43 runs on the host itself and would end with its restart: reach it by ssh from another machine';
    if (bootId === null) return 'the host does not say its boot id, so nobody would see that it restarted';
    const ends = await whatWouldEnd(manager, vmid, { seconds: ASK });
    if (ends.length === 0) return null;
    return `a restart of the host would end ${ends.join(', ')}, and not bring that back: end it yourself, or set onboot`;
  }

  /**
   * Tells the host to restart, by the ladder's own rung, and waits for its next boot. Nothing breaks it off: whatever is
   * to be cleaned up there needs the host back.
   *
   * The lease is kept until the host takes it down: one that was let go of before would give somebody else a host that
   * is about to go.
   *
   * @returns the id of the new boot, null where none was seen; and what was
   * @throws LeaseLost nothing was done
   */
  async carryOut(from: string): Promise<{ readonly bootId: string | null; readonly why: string }> {
    const { hold, patience, record, tell } = this.#parts;
    hold.check();
    tell('the host to restart', patience['host-reboot'] ?? PATIENCE['host-reboot']);
    const ground = this.#ground();
    const { tried, situation } = await tryRung('host-reboot', await look(ground, {}), from, ground, {
      patience,
    });
    const { worked, seconds, why } = tried;
    const bootId = worked ? (situation.host?.bootId ?? null) : null;
    record({ ch: 'note', kind: 'host.restart', from, to: bootId, seconds, why });
    return { bootId, why };
  }

  /**
   * Goes on in the host's new boot: with a lease of it, its kernel's log, and all that the run keeps there.
   *
   * @throws LeaseHeld another run was quicker; LabFailed a VM has had the device already; RomNotPlaced; PveRefused;
   *   ConnectionLost; the signal's reason
   */
  async resume(signal: AbortSignal): Promise<void> {
    const { hold, kernel, address, manager, vmid, remake } = this.#parts;
    signal.throwIfAborted();
    await hold.renew();
    const why = whyNotCold(await kernel.begin(), address);
    if (why !== null) throw new LabFailed(`the host was restarted for a cold boot, and yet ${why}`);
    // Asked until it answers: /etc/pve is a service of its own, and may be up later than ssh.
    await manager.config(vmid, { seconds: SERVICES, signal });
    await remake();
  }

  /** Looked at without the lease, which ends on the way; acted on only while it lasts. */
  #ground(): Ground {
    const { node, manager, undoing, vmid, address } = this.#parts;
    const about = { vmid, agent: false, power: null, device: { address, driver: null } };
    const over = (by: ManagedNode): Ground =>
      nodeGround({ ...about, node: () => Promise.resolve(by.node), manager: () => by.manager });
    const seen = over(undoing);
    return { look: (limit) => seen.look(limit), rungs: over({ node, manager }).rungs };
  }
}
