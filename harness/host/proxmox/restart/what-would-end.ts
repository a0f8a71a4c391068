import type { ListedVm, VerbLimit, VmConfig, VmManager } from '../vm-manager.ts';

/**
 * What a restart of a node would end for others and not bring back: guests that run without `onboot: 1`, and tasks at
 * work. Each by its number, since names are their owners' own. A guest that only the cluster's HA manager would start
 * again counts as well: its config does not say so.
 *
 * @param own the run's own VM
 * @throws what `VmManager` throws
 */
export async function whatWouldEnd(
  manager: VmManager,
  own: number,
  limit: VerbLimit,
): Promise<readonly string[]> {
  const vms = (await manager.list(limit)).filter(({ vmid }) => vmid !== own);
  const containers = await manager.containers(limit);
  const tasks = (await manager.activeTasks(limit)).filter(({ id }) => id !== String(own));
  return [
    ...(await staysDown(vms, (vmid) => manager.config(vmid, limit))).map((vmid) => `VM ${vmid}`),
    ...(await staysDown(containers, (vmid) => manager.containerConfig(vmid, limit))).map(
      (vmid) => `container ${vmid}`,
    ),
    ...tasks.map(({ type, id }) => `the task ${type}${id === '' ? '' : ` of ${id}`}`),
  ];
}

async function staysDown(
  guests: readonly ListedVm[],
  configOf: (vmid: number) => Promise<VmConfig>,
): Promise<readonly number[]> {
  const found: number[] = [];
  for (const { vmid, status } of guests) {
    if (status === 'stopped') continue;
    const { entries } = await configOf(vmid);
    if (entries.get('onboot') !== '1') found.push(vmid);
  }
  return found;
}
