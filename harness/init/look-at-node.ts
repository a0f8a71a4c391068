import { type HostAccess, NotGathered } from '../collect/access.ts';
import { gather, textOf, type Gathered } from '../collect/gather.ts';
import { COLLECTORS } from '../collect/collectors.ts';
import type { CollectorId } from '../collect/collector.ts';
import { qemuVersion } from '../collect/host-facts.ts';
import { sysfsDevices } from '../collect/sysfs-devices.ts';
import type { ListedVm, VmManager } from '../host/proxmox/vm-manager.ts';
import { readTakenNumbers, TAKEN_NUMBERS } from '../host/proxmox/node/taken-numbers.ts';
import { igpuFamily } from '../igpu/families.ts';
import { boardName, cpuName } from './hardware-names.ts';
import { NodeUnfit } from './node-unfit.ts';
import { seenVms } from './seen-vms.ts';
import type { SeenNode } from './seen-node.ts';

const SHORT = { seconds: 15, bytes: 65_536 };
const WIDE = { seconds: 30, bytes: 1_048_576 };
const NEEDED: readonly CollectorId[] = ['machine', 'devices', 'pve-versions', 'qemu-version'];
const OWNER = 'code43 works as root on the node: over ssh as root@…, or on the node itself as root';

export interface LookOptions {
  readonly signal?: AbortSignal;
  readonly onStep?: (what: string) => void;
}

/**
 * Looks at a node of Proxmox VE, and changes nothing there.
 *
 * @throws NodeUnfit it is none, we are not root there, or it shows no Intel graphics; what `VmManager` throws; ConnectionLost
 */
export async function lookAtNode(
  access: HostAccess,
  manager: VmManager,
  { signal, onStep = () => undefined }: LookOptions = {},
): Promise<SeenNode> {
  onStep('is it a node of Proxmox VE?');
  await mustBeNode(access);
  const versions = await manager.versions({ seconds: 30, signal });
  const collectors = COLLECTORS.filter(({ id }) => NEEDED.includes(id));
  const gathered = await gather(access, collectors, {
    vmid: null,
    ...(signal === undefined ? {} : { signal }),
    onStep: ({ what }) => {
      onStep(what);
    },
  });
  const igpus = igpusOf(access.name, gathered);
  onStep('its VMs and templates');
  const listed = await manager.list({ seconds: 60, signal });
  const machine = textOf(gathered.outcomes, 'machine') ?? '';
  return {
    ...versions,
    qemu: qemuVersion(gathered.outcomes),
    cpu: cpuName(/^model name\s*:\s*(.+)$/m.exec(machine)?.[1] ?? ''),
    board: boardName((await quiet(access.read('/sys/class/dmi/id/board_name', SHORT)))?.text ?? ''),
    igpus,
    vms: await seenVms(listed, manager, signal),
    taken: await takenNumbers(access, listed),
  };
}

async function mustBeNode(access: HostAccess): Promise<void> {
  const version = await quiet(access.run(['pveversion'], SHORT));
  if (version === null)
    throw new NodeUnfit(
      `${access.name} is no node of Proxmox VE: there is no pveversion. --host says where the node is, such as root@pve`,
    );
  const user = await quiet(access.run(['id', '-u'], SHORT));
  const [, uid] = /^(\d{1,10})\n$/.exec(user?.out ?? '') ?? [];
  if (uid !== '0')
    throw new NodeUnfit(`not root on ${access.name} (its user id is ${uid ?? 'not known'}). ${OWNER}`);
}

/** Known iGPUs where there are some: an Intel card beside them is none. */
function igpusOf(name: string, { outcomes }: Gathered): SeenNode['igpus'] {
  const all = sysfsDevices(textOf(outcomes, 'devices') ?? '');
  const intel = all.filter(({ id, physical }) => id.startsWith('8086:') && physical === null);
  const known = intel.filter(({ id }) => igpuFamily(id) !== null);
  const [first, ...more] = known.length > 0 ? known : intel;
  if (first !== undefined) return [first, ...more];
  const missing = outcomes.find(({ collector }) => collector.id === 'devices')?.missing ?? null;
  const why = missing ?? `there is ${all.map(({ address, id }) => `${id} at ${address}`).join(', ')}`;
  throw new NodeUnfit(
    `${name} shows no Intel graphics device: ${why}. ` +
      'Turn the iGPU on in the firmware set-up (Internal Graphics, iGPU Multi-Monitor)',
  );
}

/** Every number that the cluster knows: a container's cannot be a VM's. */
async function takenNumbers(access: HostAccess, listed: readonly ListedVm[]): Promise<readonly number[]> {
  const found = await quiet(access.run(TAKEN_NUMBERS, WIDE));
  const numbers = readTakenNumbers(found?.out ?? '');
  return [...new Set([...listed.map(({ vmid }) => vmid), ...numbers])].toSorted((a, b) => a - b);
}

async function quiet<T>(look: Promise<T>): Promise<T | null> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof NotGathered) return null;
    throw error;
  }
}
