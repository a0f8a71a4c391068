/** What runs keep on a node while they live: gone when it restarts, as are the processes that go with it. */
export const RUN_DIRECTORY = '/run/code43';

/** Our own monitor of a VM's QEMU. */
export function monitorPath(vmid: number): string {
  return `${RUN_DIRECTORY}/${vmid}.qmp`;
}
