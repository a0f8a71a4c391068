import * as z from 'zod/mini';
import type { Machine } from '../../wire/machine/machine.ts';

const storages = z.array(z.object({ storage: z.string(), type: z.string() }));

/** Storages that have snapshots by themselves, and those whose qcow2 files have them (Proxmox VE's guide, "Storage Types"). */
const BY_THEMSELVES = new Set(['lvmthin', 'zfspool', 'rbd', 'btrfs']);
const BY_QCOW2 = new Set(['dir', 'nfs', 'cifs']);

/**
 * A disk of 1 GiB, as `--scsi0` takes it, on a storage of a node that keeps disks and has snapshots: `local` keeps none
 * where the installer made an LVM-thin one beside it.
 *
 * @throws Error there is no such storage
 */
export async function smallDisk(node: Machine): Promise<string> {
  const limit = { seconds: 60 };
  const name = (await node.run(['uname', '-n'], limit)).stdout.trim().replace(/\..*/, '');
  const path = `/nodes/${name}/storage`;
  const argv = ['pvesh', 'get', path, '--content', 'images', '--enabled', '1', '--output-format', 'json'];
  const { stdout, stderr } = await node.run(argv, limit);
  const parsed = z.safeParse(storages, jsonOrNull(stdout));
  const found = parsed.success ? parsed.data : [];
  const own = found.find(({ type }) => BY_THEMSELVES.has(type));
  if (own !== undefined) return `${own.storage}:1`;
  const files = found.find(({ type }) => BY_QCOW2.has(type));
  if (files !== undefined) return `${files.storage}:1,format=qcow2`;
  throw new Error(
    `${node.name} has no storage for disks with snapshots (${stderr.trim() || stdout.slice(0, 200)}): ` +
      'name one, as CODE43_PVE_DISK=local:1,format=qcow2',
  );
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
