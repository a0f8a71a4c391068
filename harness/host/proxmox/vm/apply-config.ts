import { LabFailed } from '../life/lab-failed.ts';
import { changeTo, differences } from '../life/wanted-config.ts';
import type { VmManager } from '../vm-manager.ts';

const ASK = 60;

/**
 * Gives a VM its keys under test and reads them back.
 *
 * @returns its whole config
 * @throws LabFailed the node has them otherwise; PveRefused; PveDenied; ConnectionLost
 */
export async function applyConfig(
  manager: VmManager,
  vmid: number,
  wanted: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const limit = { seconds: ASK, signal };
  const before = await manager.config(vmid, limit);
  const change = changeTo(wanted, before.entries);
  if (Object.keys(change.set ?? {}).length + (change.remove ?? []).length === 0) return before.entries;
  await manager.set(vmid, { ...change, digest: before.digest }, limit);
  const { entries } = await manager.config(vmid, limit);
  const left = differences(wanted, entries);
  if (left.length > 0)
    throw new LabFailed(`VM ${vmid} on ${manager.name} was not given its config: ${left.join('; ')}`);
  return entries;
}
