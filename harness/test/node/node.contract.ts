import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { cleanNode } from '../../host/proxmox/clean/clean-node.ts';
import { leasedMachine } from '../../host/proxmox/lease/leased-machine.ts';
import { LeaseHeld } from '../../host/proxmox/lease/lease-errors.ts';
import { takeLease } from '../../host/proxmox/lease/take-lease.ts';
import { cloneTemplate } from '../../host/proxmox/life/clone.ts';
import { borrowVm } from '../../host/proxmox/life/own-vm.ts';
import { Teardown } from '../../host/proxmox/life/teardown.ts';
import { cursorOf, KernelLogClosed, readKernelLog } from '../../host/proxmox/node/kernel-log.ts';
import {
  checkSlot,
  placeInSlot,
  removeSlot,
  ROM_DIRECTORY,
  RomNotPlaced,
  slotName,
} from '../../host/proxmox/node/rom-slot.ts';
import { QmManager } from '../../host/proxmox/qm/qm-manager.ts';
import { climb } from '../../host/proxmox/recovery/climb.ts';
import { nodeGround } from '../../host/proxmox/recovery/node-ground.ts';
import { NodeQemu } from '../../host/proxmox/vm/node-qemu.ts';
import type { Observation } from '../../trace/event.ts';
import type { Machine } from '../../wire/machine/machine.ts';
import type { Tier } from '../tier.ts';

/** A node to try the driver's parts on, and a small disk of it, on a storage that has snapshots. */
export interface NodeToTry {
  readonly node: Machine;
  /** As `--scsi0` takes it. */
  readonly disk: string;
}

const never = new AbortController().signal;
const limit = { seconds: 120 };
/** No run's: a device that no node has. */
const ADDRESS = 'ffff:ff:1f.7';
const MARK = '0c43c0de';
const MONITOR = (vmid: number): string => `/run/code43/${vmid}.qmp`;

/** What every node of Proxmox VE does for the driver, be it the stand-in or a real one; each leaves nothing. */
export function nodeContract(tier: Tier, to: () => NodeToTry): void {
  const manager = (): QmManager => new QmManager(to().node);

  /** Numbers of the VMs that were made. */
  const all: number[] = [];

  /** A small VM of our own, by the node's own commands. */
  async function made(...more: readonly string[]): Promise<number> {
    const { node, disk } = to();
    const vmid = await manager().nextId(limit);
    const words = ['--name', 'code43-contract', '--memory', '64', '--scsi0', disk, '--kvm', '0', ...more];
    const { code, stderr } = await node.run(['qm', 'create', String(vmid), ...words], limit);
    all.push(vmid);
    expect(code, stderr).toBe(0);
    return vmid;
  }

  async function gone(vmid: number): Promise<void> {
    const { status } = await manager().status(vmid, limit);
    if (status !== 'stopped') expect(await manager().stop(vmid, limit)).toMatchObject({ ok: true });
    expect(await manager().destroy(vmid, limit)).toMatchObject({ ok: true });
  }

  const teardown = (): Teardown => new Teardown(() => Promise.reject(new Error('no connection')));

  tier('says its version, its VMs, a free number, and that nobody but root is asked', async () => {
    const versions = await manager().versions(limit);
    expect(versions.pve).toMatch(/^\d+\.\d/);
    const vms = await manager().list(limit);
    expect(vms.map(({ vmid }) => vmid)).not.toContain(await manager().nextId(limit));
    expect((await to().node.run(['id', '-u'], limit)).stdout).toBe('0\n');
    // In a container even root may not read it.
    const log = await readKernelLog(to().node).catch((error: unknown) => error);
    if (typeof log === 'string') expect(cursorOf(log)).toBeGreaterThanOrEqual(0);
    else expect(log).toBeInstanceOf(KernelLogClosed);
  });

  tier('leases a device to one owner at a time, and runs nothing for who has let go', async () => {
    const { node } = to();
    const who = { address: ADDRESS, purpose: 'tries the lease', run: MARK, wait: 0 };
    const lease = await takeLease(node, { ...who, owner: 'one@contract' });
    await expect(takeLease(node, { ...who, owner: 'two@contract' })).rejects.toThrow(LeaseHeld);
    const leased = leasedMachine(node, lease);
    expect((await leased.run(['echo', 'mine'], limit)).stdout).toBe('mine\n');
    const fenced = lease.fenced(['echo', 'mine']);
    await lease[Symbol.asyncDispose]();
    expect(await node.run(fenced, limit)).toMatchObject({ code: 43, stdout: '' });
    const next = await takeLease(node, { ...who, owner: 'two@contract' });
    await next[Symbol.asyncDispose]();
  });

  tier('keeps a ROM under its slot’s name, byte for byte', async () => {
    const { node } = to();
    const bytes = Buffer.from(Array.from({ length: 65_536 }, (_, at) => (at * 7) % 256));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const name = slotName(MARK, sha256);
    try {
      await placeInSlot(node, name, { sha256, bytes });
      const { stdout } = await node.run(['sha256sum', '--', `${ROM_DIRECTORY}/${name}`], limit);
      expect(stdout.slice(0, 64)).toBe(sha256);
      await checkSlot(node, name, sha256);
      await expect(checkSlot(node, name, '0'.repeat(64))).rejects.toThrow(RomNotPlaced);
    } finally {
      await removeSlot(node, name);
    }
    expect((await node.run(['ls', '--', `${ROM_DIRECTORY}/${name}`], limit)).code).not.toBe(0);
  });

  tier('clones a template, and destroys that clone and nothing else', async () => {
    const { node } = to();
    const template = await made('--onboot', '1');
    expect((await node.run(['qm', 'template', String(template)], limit)).code).toBe(0);
    try {
      await node.run(['mkdir', '-p', '/run/code43'], limit);
      const undo = teardown();
      const free = await manager().nextId(limit);
      const making = {
        node,
        manager: manager(),
        undoing: { node, manager: manager() },
        teardown: undo,
        signal: never,
      };
      const vmid = await cloneTemplate({ template, clone: 'linked' }, MARK, {
        ...making,
        vmids: { from: free, to: free + 20 },
      });
      const { entries } = await manager().config(vmid, limit);
      expect([entries.get('name'), entries.get('onboot')]).toEqual([`code43-${MARK}`, undefined]);
      await undo[Symbol.asyncDispose]();
      const left = (await manager().list(limit)).map((vm) => vm.vmid);
      expect(left).toContain(template);
      expect(left).not.toContain(vmid);
    } finally {
      await gone(template);
    }
  });

  tier('lends a VM with our tag, and has it back as it was', async () => {
    const { node } = to();
    const vmid = await made('--tags', 'code43');
    try {
      const before = await manager().config(vmid, limit);
      const undo = teardown();
      const undoing = { node, manager: manager() };
      await borrowVm(vmid, MARK, { node, manager: manager(), undoing, teardown: undo, signal: never });
      const { digest } = await manager().config(vmid, limit);
      await manager().set(vmid, { set: { cores: '2' }, digest }, limit);
      await undo[Symbol.asyncDispose]();
      const { entries } = await manager().config(vmid, limit);
      const same = (of: ReadonlyMap<string, string>): unknown =>
        Object.fromEntries([...of].filter(([key]) => key !== 'vmgenid'));
      expect(same(entries)).toEqual(same(before.entries));
      expect(await manager().snapshots(vmid, limit)).toEqual([]);
    } finally {
      await gone(vmid);
    }
  });

  tier('starts a VM with a monitor of our own, tells its QEMU, and ends it rung by rung', async () => {
    const { node } = to();
    const vmid = await made('--serial0', 'socket');
    try {
      await node.run(['mkdir', '-p', '/run/code43'], limit);
      const { digest } = await manager().config(vmid, limit);
      const args = `-qmp unix:${MONITOR(vmid)},server=on,wait=off`;
      await manager().set(vmid, { set: { args }, digest }, limit);
      expect((await manager().config(vmid, limit)).entries.get('args')).toBe(args);
      expect(await manager().start(vmid, limit)).toMatchObject({ ok: true });
      const { pid } = await manager().status(vmid, limit);
      const seen: Observation[] = [];
      const about = { vmid, pid: pid ?? 0, monitor: MONITOR(vmid), hasSerial: true };
      const stop = async (): Promise<void> => {
        await manager().stop(vmid, limit);
      };
      const record = (one: Observation): void => void seen.push(one);
      const qemu = await NodeQemu.attach(node, { ...about, record, stop }, never);
      expect(await qemu.qmp.execute('query-status', {}, limit)).toMatchObject({ running: true });
      const ground = nodeGround({
        node: () => Promise.resolve(node),
        manager: () => manager(),
        ...{ vmid, agent: false, device: null, power: null },
      });
      const { well, rungs } = await climb(ground, {
        allowed: { reboot: false, power: false },
        record,
        patience: { acpi: 3 },
      });
      await qemu.release();
      expect({ well, rungs: rungs.map(({ rung }) => rung) }).toEqual({ well: true, rungs: ['acpi', 'stop'] });
      expect(seen.map((one) => `${one.ch} ${'kind' in one ? one.kind : ''}`)).toEqual(
        expect.arrayContaining(['exec spawn', 'qmp greeting', 'exec exit', 'note recovery']),
      );
    } finally {
      await gone(vmid);
      await node.run(['rm', '-f', '--', MONITOR(vmid)], limit);
    }
  });

  tier('has nothing of ours left', async () => {
    const { found } = await cleanNode({ node: to().node, manager: manager() }, { dryRun: true, wait: 0 });
    expect(found.filter(({ run }) => run === MARK)).toEqual([]);
    const left = await manager().list(limit);
    expect(left.filter(({ vmid }) => all.includes(vmid))).toEqual([]);
  });
}
