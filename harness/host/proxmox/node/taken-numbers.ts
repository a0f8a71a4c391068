import type { Machine } from '../../../wire/machine/machine.ts';

/** Lists a config file for every number that the cluster uses: a container's, or another node's, cannot be a VM's here. */
export const TAKEN_NUMBERS: readonly string[] = [
  ...['find', '/etc/pve/nodes', '-mindepth', '3', '-maxdepth', '3', '-name', '[0-9]*.conf'],
];

/** In: what `TAKEN_NUMBERS` prints, a path a line. */
export function readTakenNumbers(printed: string): readonly number[] {
  return [...printed.matchAll(/\/(\d{3,9})\.conf$/gm)].map(([, digits]) => Number(digits));
}

/** Every number that has a config in the cluster, as far as the node shows it. @throws what `Machine.run` throws */
export async function takenNumbers(node: Machine, signal?: AbortSignal): Promise<readonly number[]> {
  // Some of it may vanish while one looks: what was found counts all the same.
  const { stdout } = await node.run(TAKEN_NUMBERS, { seconds: 60, signal });
  return readTakenNumbers(stdout);
}
