import { type HostAccess, NotGathered } from './access.ts';

const FOLDER = '/etc/pve/qemu-server';
const LIMIT = { seconds: 15, bytes: 262_144 };

/** Which VM is meant where nobody named one. */
export interface FoundVm {
  readonly vmid: number | null;
  /** Why it is this one, or why it is none. */
  readonly why: string;
}

/** The only VM of this node that gets a PCI device, on Proxmox VE. */
export async function findVm(access: HostAccess): Promise<FoundVm> {
  try {
    const files = (await access.list(FOLDER, LIMIT)).filter((name) => /^\d{1,9}\.conf$/.test(name));
    if (files.length === 0) return { vmid: null, why: 'this Proxmox node has no VM' };
    const paths = files.map((name) => `${FOLDER}/${name}`);
    const { out } = await access.run(['grep', '-ls', '^hostpci', '--', ...paths], LIMIT);
    const vmids = [...out.matchAll(/\/(\d{1,9})\.conf$/gm)].map(([, digits]) => Number(digits));
    const [vmid] = vmids;
    if (vmid === undefined) return { vmid: null, why: `none of ${files.length} VMs gets a PCI device` };
    if (vmids.length > 1)
      return { vmid: null, why: `several VMs get a PCI device; name one of ${vmids.join(', ')}` };
    return { vmid, why: 'the only VM that gets a PCI device' };
  } catch (error) {
    if (!(error instanceof NotGathered)) throw error;
    return { vmid: null, why: 'this is no node of Proxmox VE' };
  }
}
