import { setTimeout as pause } from 'node:timers/promises';
import { pidOf } from './running.ts';

const LOOK = 0.05;

/** Waits for a VM's QEMU to end. Returns whether it has. */
export async function ended(vmid: number, seconds: number): Promise<boolean> {
  const until = performance.now() + seconds * 1000;
  while (pidOf(vmid) !== null) {
    if (performance.now() >= until) return false;
    await pause(LOOK * 1000);
  }
  return true;
}
