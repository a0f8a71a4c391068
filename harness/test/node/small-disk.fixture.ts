import * as z from 'zod/mini';
import { TimeLeft } from '../../host/proxmox/manager/time-left.ts';
import { QmWay } from '../../host/proxmox/qm/qm-way.ts';
import type { Machine } from '../../wire/machine/machine.ts';

const storages = z.array(z.object({ storage: z.string(), type: z.string() }));

/** Storages that have snapshots by themselves, and those whose qcow2 files have them (Proxmox VE's guide, "Storage Types"). */
const BY_THEMSELVES = new Set(['lvmthin', 'zfspool', 'rbd', 'btrfs']);
const BY_QCOW2 = new Set(['dir', 'nfs', 'cifs']);

/**
 * A disk of 1 GiB, as `--scsi0` takes it, on a storage of a node that keeps disks and has snapshots: `local` keeps none
 * where the installer made an LVM-thin one beside it.
 *
 * @throws Error there is no such storage; what `Way.node` throws
 */
export async function smallDisk(node: Machine): Promise<string> {
  const wanted = { content: 'images', enabled: '1' };
  const found = z.parse(
    storages,
    await new QmWay(node).node(['storage'], new TimeLeft({ seconds: 60 }), wanted),
  );
  const own = found.find(({ type }) => BY_THEMSELVES.has(type));
  if (own !== undefined) return `${own.storage}:1`;
  const files = found.find(({ type }) => BY_QCOW2.has(type));
  if (files !== undefined) return `${files.storage}:1,format=qcow2`;
  const seen = found.map(({ storage, type }) => `${storage} (${type})`).join(', ');
  throw new Error(
    `${node.name} has no storage for disks with snapshots, only: ${seen || 'none'}. ` +
      'Name one, as CODE43_PVE_DISK=local:1,format=qcow2',
  );
}
