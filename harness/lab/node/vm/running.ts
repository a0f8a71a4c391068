import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PLACES } from '../places.ts';

export function pathOf(vmid: number, kind: 'pid' | 'qmp' | 'qga' | 'serial0'): string {
  return join(PLACES.running, `${vmid}.${kind}`);
}

/** QEMU's process of a VM; null while it has none. */
export function pidOf(vmid: number): number | null {
  try {
    const pid = Number(readFileSync(pathOf(vmid, 'pid'), 'utf8').trim());
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return words.includes(`path=${pathOf(vmid, 'qmp')},`) ? pid : null;
  } catch {
    return null;
  }
}

/** Seconds that a process has been running. */
export function uptimeOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  const up = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  // Linux counts the start of a process in hundredths of a second for whoever reads /proc.
  return Math.max(0, Math.floor(up - ticks / 100));
}

/** What a QEMU that has ended leaves beside it. */
export function sweep(vmid: number): void {
  for (const kind of ['pid', 'qmp', 'qga', 'serial0'] as const) rmSync(pathOf(vmid, kind), { force: true });
}
