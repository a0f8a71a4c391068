import type { Observation } from '../../../trace/event.ts';
import type { BootKind } from '../../../trace/words.ts';
import type { Connection } from '../../../scenario/connection.ts';
import type { Vm } from '../../host.ts';
import { type Asked, Conversation } from '../../conversation.ts';
import { LabFailed } from '../life/lab-failed.ts';
import { words } from '../life/clone.ts';
import type { Teardown } from '../life/teardown.ts';
import { climb, type Climbed, type ClimbOptions } from '../recovery/climb.ts';
import { wasRestarted } from '../recovery/next-rung.ts';
import { qemuProcess } from '../recovery/qemu-process.ts';
import { nodeGround } from '../recovery/node-ground.ts';
import { situationText } from '../recovery/situation.ts';
import { lastWords } from '../node/last-words.ts';
import { type DeviceState, deviceState } from '../node/device-state.ts';
import type { Hold } from '../lease/hold.ts';
import type { ManagedNode } from '../managed-node.ts';
import type { HostRestart } from '../restart/host-restart.ts';
import { applyConfig } from './apply-config.ts';
import type { NodeConsole } from './node-console.ts';
import { NodeQemu } from './node-qemu.ts';
import { recordTask } from './record-task.ts';

const START = 300;
const STOP = 180;
/** Seconds for a guest to switch itself off whose agent does not answer. */
const MUTE = 10;

/** The node is under the lease. */
export interface VmParts extends ManagedNode {
  readonly vmid: number;
  /** Not under it: what is undone does not depend on the lease. */
  readonly undoing: ManagedNode;
  readonly hold: Pick<Hold, 'signal'>;
  readonly teardown: Teardown;
  readonly igpuAddress: string;
  /** The config under test passes it: it has to be well after each boot. */
  readonly isPassed: boolean;
  /** Keys under test, with the device and without it. */
  readonly config: {
    readonly boot: ReadonlyMap<string, string>;
    readonly control: ReadonlyMap<string, string>;
  };
  readonly monitor: string;
  /** Of the host, as the run began; null: it does not say. */
  readonly bootId: string | null;
  /** Why no boot can be cold without a restart of the host; null: the device is as the host's boot left it. */
  readonly notCold: string | null;
  /** What the owner allows where the host has to be brought back. */
  readonly connection: Pick<Connection, 'reboot' | 'power'>;
  /** By which the device is as new again. */
  readonly restart: HostRestart;
  readonly patience: NonNullable<ClimbOptions['patience']>;
  readonly record: (seen: Observation) => void;
  /** Where one was wanted: it, or why there is none. */
  readonly console: NodeConsole | string | null;
  /** Told where the host is not fit for another run. */
  readonly isOut: (why: string) => void;
}

/** A VM of a Proxmox VE node, for one run. Disposing it takes back all that the run did there. */
export class ProxmoxVm implements Vm {
  readonly console: NodeConsole | undefined;
  readonly noConsole: string | undefined;
  readonly #parts: VmParts;
  readonly #conversation: Conversation;
  #qemu: NodeQemu | null = null;
  #notCold: string | null;
  #bootId: string | null;
  /** A VM of this run was started: it may run, whatever we know of it. */
  #started = false;

  constructor(parts: VmParts, asked: Asked) {
    this.#parts = parts;
    if (typeof parts.console === 'string') this.noConsole = parts.console;
    else this.console = parts.console ?? undefined;
    this.#notCold = parts.notCold;
    this.#bootId = parts.bootId;
    this.#conversation = new Conversation(() => this.#running, asked, parts.record);
  }

  async cannot(kind: BootKind): Promise<string | null> {
    if (kind === 'start') return null;
    if (kind === 'cold') return this.#whyNotCold();
    return this.#running === null ? `the VM is not running, so there is nothing to ${kind}` : null;
  }

  async boot(kind: BootKind, signal: AbortSignal): Promise<void> {
    const { manager, vmid, record, config } = this.#parts;
    const cannot = await this.cannot(kind);
    if (cannot !== null) record({ ch: 'note', kind: 'info', text: cannot });
    else if (kind === 'start' || kind === 'cold') {
      if (kind === 'cold' && this.#notCold !== null) await this.#restartHost(signal);
      await this.#start(config.boot, signal);
    } else
      await this.#conversation.restart(
        kind,
        async (limit) => {
          const end = await manager.reset(vmid, limit);
          if (!end.ok) throw new LabFailed(`VM ${vmid} was not reset: ${words(end)}`);
        },
        this.#held(signal),
      );
  }

  async bootControl(signal: AbortSignal): Promise<void> {
    await this.#start(this.#parts.config.control, signal);
  }

  async reachAgent(seconds: number, signal: AbortSignal): Promise<void> {
    await this.#conversation.reachAgent(seconds, this.#held(signal));
  }

  async sample(nonce: string, seconds: number, signal: AbortSignal): Promise<void> {
    await this.#conversation.sample(nonce, seconds, this.#held(signal));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#stop();
    } finally {
      await this.#parts.teardown[Symbol.asyncDispose]();
    }
  }

  get #running(): NodeQemu | null {
    return this.#qemu?.ended === false ? this.#qemu : null;
  }

  /** Nothing is done for a run whose lease may be another's. */
  #held(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#parts.hold.signal]);
  }

  async #whyNotCold(): Promise<string | null> {
    if (this.#notCold === null) return null;
    const why = await this.#parts.restart.whyNot(this.#bootId);
    return why === null ? null : `${this.#notCold}; ${why}`;
  }

  /** @throws LabFailed the host did not do as it was told; what `HostRestart` throws */
  async #restartHost(signal: AbortSignal): Promise<void> {
    const { restart } = this.#parts;
    await this.#stop();
    if (this.#bootId === null) throw new LabFailed('the host does not say its boot id any more');
    const { bootId, why } = await restart.carryOut(this.#bootId);
    this.#bootId = bootId;
    if (bootId === null) {
      // Should it come back late, that is no crash: it was told to.
      await this.#makeReady();
      throw new LabFailed(`the host did not restart for a cold boot: ${why}`);
    }
    await restart.resume(signal);
    this.#notCold = null;
  }

  /** @throws LabFailed */
  async #stop(): Promise<void> {
    if (!this.#started) return;
    await this.#makeReady();
    this.#started = false;
    await this.#recordDevice('after');
  }

  /** Ends what runs, by the mildest means that does it, and sees that the device is well. @throws LabFailed */
  async #makeReady(): Promise<void> {
    const { vmid, undoing, igpuAddress, isPassed, connection, record, isOut } = this.#parts;
    const agent = this.#running?.agentAnswers === true;
    const ground = nodeGround({
      node: () => Promise.resolve(undoing.node),
      manager: () => undoing.manager,
      ...{ vmid, agent, power: connection.power },
      device: isPassed ? { address: igpuAddress, driver: null } : null,
    });
    const allowed = { reboot: connection.reboot, power: connection.power !== null };
    // One that never answered is not given a minute to think about its power button.
    const patience = { ...(agent ? {} : { acpi: MUTE }), ...this.#parts.patience };
    const climbed = await climb(ground, { allowed, record, patience, bootId: this.#bootId });
    const { well, situation } = climbed;
    const before = this.#bootId;
    if (crashed(climbed, before)) record(await lastWords(undoing.node, before));
    this.#bootId = situation.host?.bootId ?? before;
    if (situation.vm === null) await this.#qemu?.release();
    this.#qemu = null;
    await this.console?.release();
    if (!well) {
      isOut(situationText(situation));
      throw new LabFailed(
        `VM ${vmid} could not be ended and its device be made ready: ${situationText(situation)}`,
      );
    }
  }

  async #start(config: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    const { manager, vmid, node, record, monitor } = this.#parts;
    const held = this.#held(signal);
    await this.#stop();
    const hasSerial = (await applyConfig(manager, vmid, config, held)).get('serial0') === 'socket';
    await this.#recordDevice('before');
    this.#notCold = 'a VM of this run has had the device since the host was booted';
    this.#started = true;
    const end = await manager.start(vmid, { seconds: START, signal: held });
    recordTask(end, vmid, record);
    if (!end.ok) return;
    const pid = (await qemuProcess(node, vmid))?.pid;
    if (pid === undefined) {
      record({ ch: 'note', kind: 'info', text: `VM ${vmid} was started, and its QEMU has ended since` });
      return;
    }
    const stop = async (): Promise<void> => {
      await this.#parts.undoing.manager.stop(vmid, { seconds: STOP });
    };
    const ownSerial = hasSerial && this.console === undefined;
    this.#qemu = await NodeQemu.attach(
      node,
      { vmid, pid, monitor, hasSerial: ownSerial, record, stop },
      held,
    );
    await this.console?.follow(this.#qemu);
    await this.#conversation.begin(held);
  }

  async #recordDevice(when: 'before' | 'after'): Promise<void> {
    const { undoing, igpuAddress, record } = this.#parts;
    const state = forTrace(await deviceState(undoing.node, igpuAddress));
    const fresh = when === 'before' && this.#notCold === null ? { fresh: true as const } : {};
    record({ ch: 'note', kind: 'device', when, ...state, ...fresh });
  }
}

/** The host was restarted, and not by a rung of ours; one that had to be switched off and on had stopped before. */
function crashed({ situation, rungs }: Climbed, bootId: string | null): bootId is string {
  return (
    bootId !== null && wasRestarted(situation, bootId) && !rungs.some(({ rung }) => rung === 'host-reboot')
  );
}

function forTrace({
  groupMembers,
  ...state
}: DeviceState): Omit<DeviceState, 'groupMembers'> & { groupMembers: string[] } {
  return { ...state, groupMembers: [...groupMembers] };
}
