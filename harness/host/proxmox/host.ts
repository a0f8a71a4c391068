import { createHash } from 'node:crypto';
import type { Cell } from '../../scenario/cell.ts';
import type { Connection } from '../../scenario/connection.ts';
import { passedDevice } from '../../vmconfig/device.ts';
import { parseVmConfig } from '../../vmconfig/parse.ts';
import type { Machine } from '../../wire/machine/machine.ts';
import type { Host, Record as RecordSeen, Vm, Wanted } from '../host.ts';
import { clockOffset } from '../clock-offset.ts';
import { findRom, RomUnavailable } from '../rom-file.ts';
import type { ClimbOptions } from './recovery/climb.ts';
import { describeNode } from './describe-node.ts';
import { Hold } from './lease/hold.ts';
import type { Lease } from './lease/lease.ts';
import { leaseHolderText } from './lease/lease-holder.ts';
import { leasedMachine } from './lease/leased-machine.ts';
import { takeLease } from './lease/take-lease.ts';
import { cloneTemplate } from './life/clone.ts';
import { noteClone } from './life/clone-note.ts';
import { LabFailed } from './life/lab-failed.ts';
import { borrowVm } from './life/own-vm.ts';
import { cloneName, type RunMark, snapshotName } from './life/run-mark.ts';
import { Teardown } from './life/teardown.ts';
import { controlConfig, type Placed, wantedConfig } from './life/wanted-config.ts';
import { bootIdOf } from './node/boot-id.ts';
import { deviceState } from './node/device-state.ts';
import { whyNotCold } from './node/device-use.ts';
import { KernelWatch } from './node/kernel-watch.ts';
import { nodeTime } from './node/node-time.ts';
import { checkSlot, placeInSlot, removeSlot, slotName } from './node/rom-slot.ts';
import type { NodeLink } from './node-link.ts';
import { QmManager } from './qm/qm-manager.ts';
import { PATIENCE } from './recovery/try-rung.ts';
import { HostRestart } from './restart/host-restart.ts';
import { monitorPath } from './run-directory.ts';
import { NodeConsole } from './vm/node-console.ts';
import { whyNoSerial } from './vm/serial-port.ts';
import { ProxmoxVm } from './vm/vm.ts';
import { sourceOf, whyNotThere } from './why-not-there.ts';

const ASK = { seconds: 60 };
/** Stands for a run that is only shown. */
const SHOWN: RunMark = '00000000';

export interface ProxmoxHostOptions {
  readonly connection: Connection;
  readonly node: NodeLink;
  /** Where ROMs are kept here. */
  readonly cacheDir: string;
  /** Who takes the lease: stays on the host. */
  readonly owner: string;
  /** Seconds to wait for a lease that another has. */
  readonly wait: number;
  /** As `ClimbOptions.patience`; for tests. */
  readonly patience?: ClimbOptions['patience'];
}

/** A node of Proxmox VE with the iGPU under test. */
export class ProxmoxHost implements Host {
  readonly #options: ProxmoxHostOptions;
  readonly #node: NodeLink;
  readonly #manager: QmManager;
  /** Why it is out of the plan: nothing is tried on it any more. */
  #out: LabFailed | null = null;

  constructor(options: ProxmoxHostOptions) {
    this.#options = options;
    this.#node = options.node;
    this.#manager = new QmManager(options.node);
  }

  async unmet(cell: Cell): Promise<readonly string[]> {
    if (this.#out !== null) throw this.#out;
    return whyNotThere(cell, this.#options.connection, {
      node: this.#node,
      rom: () => this.#rom(cell),
      placed: this.#placed(cell, SHOWN, null),
    });
  }

  async preview(
    cell: Cell,
  ): Promise<{ readonly command: readonly string[]; readonly notHonoured: readonly string[] }> {
    const { connection } = this.#options;
    const source = sourceOf(connection, cell);
    const vmid = source !== null && 'vm' in source ? source.vm : connection.vmids.from;
    const rom = await this.#rom(cell).catch((error: unknown) => {
      if (error instanceof RomUnavailable) return null;
      throw error;
    });
    const wanted = [...wantedConfig(cell.config, this.#placed(cell, SHOWN, rom?.sha256 ?? null, vmid))];
    const set = wanted.map(([key, value]) => `--${key} ${JSON.stringify(value)}`).join(' ');
    const first =
      source === null || 'template' in source
        ? `qm clone ${source?.template ?? '<template>'} ${vmid} --name ${cloneName(SHOWN)} --full ${source?.clone === 'full' ? 1 : 0}`
        : `qm snapshot ${vmid} ${snapshotName(SHOWN)} --vmstate 0`;
    const starts = cell.boots
      .filter((kind) => kind === 'start' || kind === 'cold')
      .map(() => `qm start ${vmid}`);
    return { command: [first, `qm set ${vmid} ${set}`, ...starts], notHonoured: [] };
  }

  async describe(cell: Cell): ReturnType<Host['describe']> {
    return describeNode(cell, await this.#rom(cell), { node: this.#node, manager: this.#manager });
  }

  async names(): Promise<readonly string[]> {
    const hostname = (await this.#node.run(['uname', '-n'], ASK)).stdout.trim();
    return [hostname, ...this.#node.name.split('@')];
  }

  async prepare(cell: Cell, record: RecordSeen, wanted: Wanted): Promise<Vm> {
    const back = this.#patience.wait ?? PATIENCE.wait;
    const teardown = new Teardown(() => this.#node.untilAnswers(back));
    try {
      return await this.#prepare(cell, record, wanted, teardown);
    } catch (error) {
      await teardown[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#node[Symbol.asyncDispose]();
  }

  async #prepare(cell: Cell, record: RecordSeen, wanted: Wanted, teardown: Teardown): Promise<Vm> {
    const { connection } = this.#options;
    const { address, id } = cell.host.igpu;
    const source = sourceOf(connection, cell);
    if (source === null) throw new LabFailed(`no VM is named for ${cell.guest.id}`);
    const mark = markOfRun(wanted.run);
    const hold = await Hold.begin(this.#node, () => this.#takeLease(cell, mark, wanted));
    teardown.add(`the lease of ${address}`, () => hold.letGo());
    // What is done goes through the lease; what is undone must not depend on it.
    const node = leasedMachine(this.#node, hold);
    const manager = new QmManager(node);
    const undoing = { node: this.#node, manager: this.#manager };
    const signal = AbortSignal.any([wanted.signal, hold.signal]);
    const isPassed = passedDevice(parseVmConfig(cell.config), address) !== null;
    if (isPassed) await deviceIsThere(node, address, id);
    const clock = await clockOffset('host', () => nodeTime(node));
    if (clock !== null) record(clock);
    const bootId = await bootIdOf(node);
    const kernel = new KernelWatch(this.#node, record);
    teardown.add('the follower of the kernel log', () => kernel.stop());
    const notCold = whyNotCold(await kernel.begin(), address);
    const sha256 = await this.#placeRom(cell, mark, node, teardown);
    const making = { node, manager, undoing, teardown, signal };
    const vmid =
      'vm' in source ? source.vm : await cloneTemplate(source, mark, { ...making, vmids: connection.vmids });
    if ('vm' in source) await borrowVm(vmid, mark, making);
    // A clone has what its template has, and it is there that a port is to be added.
    const of = 'vm' in source ? source.vm : source.template;
    const console = wanted.console ? await consoleOf(vmid, { of, node, manager, record }) : null;
    const placed = this.#placed(cell, mark, sha256, vmid);
    const config = { boot: wantedConfig(cell.config, placed), control: controlConfig(cell.config, placed) };
    const shared = { vmid, node, manager, undoing, hold, connection, record, patience: this.#patience };
    const remake = async (): Promise<void> => {
      if (!('vm' in source)) await noteClone(node, vmid, mark);
      if (sha256 !== null) await checkSlot(node, slotName(mark, sha256), sha256);
    };
    const restart = new HostRestart({ ...shared, kernel, address, tell: wanted.tell, remake });
    return new ProxmoxVm(
      {
        ...{ ...shared, teardown, config, notCold, bootId, console, restart },
        ...{ igpuAddress: address, isPassed, monitor: placed.monitor },
        isOut: (why) => {
          this.#out = new LabFailed(`${cell.host.id} is out of the plan: ${why}`);
        },
      },
      { probe: cell.guest.probe, device: id },
    );
  }

  /** Asked for once a boot of the node; who waits for another is told so once each time. */
  #takeLease(cell: Cell, mark: RunMark, wanted: Wanted): Promise<Lease> {
    const { owner, wait } = this.#options;
    const { address } = cell.host.igpu;
    let waiting: string | null = null;
    return takeLease(this.#node, {
      ...{ address, owner, purpose: `runs ${cell.id}`.slice(0, 200), run: mark, wait },
      signal: wanted.signal,
      onWait: (holder) => {
        if (wait === 0) return;
        waiting ??= `${address}, which ${leaseHolderText(holder)} has`;
        wanted.tell(waiting, wait);
      },
    });
  }

  get #patience(): NonNullable<ClimbOptions['patience']> {
    return this.#options.patience ?? {};
  }

  #placed(cell: Cell, mark: RunMark, sha256: string | null, vmid = 0): Placed {
    const romSlot = sha256 === null ? null : slotName(mark, sha256);
    return { igpuAddress: cell.host.igpu.address, romSlot, monitor: monitorPath(vmid) };
  }

  #rom(cell: Cell): ReturnType<typeof findRom> {
    return findRom(cell.rom, { deviceId: cell.host.igpu.id, cacheDir: this.#options.cacheDir });
  }

  async #placeRom(cell: Cell, mark: RunMark, node: Machine, teardown: Teardown): Promise<string | null> {
    const rom = await this.#rom(cell);
    if (rom === null) return null;
    const name = slotName(mark, rom.sha256);
    teardown.add(`ROM ${name}`, () => removeSlot(this.#node, name));
    await placeInSlot(node, name, rom);
    return rom.sha256;
  }
}

/** @returns why there is none, which the trace is told */
async function consoleOf(
  vmid: number,
  about: {
    readonly of: number;
    readonly node: Machine;
    readonly manager: QmManager;
    readonly record: RecordSeen;
  },
): Promise<NodeConsole | string> {
  const { of, node, manager, record } = about;
  const why = whyNoSerial(of, (await manager.config(vmid, ASK)).entries);
  if (why === null) return new NodeConsole({ vmid, node, record });
  record({ ch: 'note', kind: 'info', text: `nobody can look into it: ${why}` });
  return why;
}

async function deviceIsThere(node: Machine, address: string, id: string): Promise<void> {
  const state = await deviceState(node, address);
  if (state.id === null) throw new LabFailed(`there is no PCI device ${address} on ${node.name}`);
  if (state.id !== id)
    throw new LabFailed(`${address} on ${node.name} is ${state.id}, and the host's file says ${id}`);
  if (state.groupMembers.length === 0)
    throw new LabFailed(
      `${address} on ${node.name} is in no IOMMU group: is VT-d on in the firmware? \`code43 doctor\` says more`,
    );
}

/** Eight digits of a run's id: enough to tell runs of one host apart, and no name of anybody. */
function markOfRun(run: string): RunMark {
  return createHash('sha256').update(run).digest('hex').slice(0, 8);
}
