import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_NAME, PLACES } from './places.ts';

/** A task of Proxmox VE, by its name: `UPID:pve:00000268:0005FE87:6B02E919:qmstart:110:root@pam:`. */
export interface Upid {
  readonly text: string;
  readonly node: string;
  readonly pid: number;
  /** When the process began, in ticks since boot, as /proc has it. */
  readonly pstart: number;
  /** Seconds since the epoch. */
  readonly starttime: number;
  readonly type: string;
  readonly id: string;
  readonly user: string;
}

/** Of a task that this process begins now. */
export function newUpid(type: string, id: string): Upid {
  const starttime = Math.floor(Date.now() / 1000);
  const pstart = startOf(process.pid) ?? 0;
  const [pid, began, time] = [process.pid, pstart, starttime].map(hex);
  const text = `UPID:${NODE_NAME}:${pid}:${began}:${time}:${type}:${id}:root@pam:`;
  return { text, node: NODE_NAME, pid: process.pid, pstart, starttime, type, id, user: 'root@pam' };
}

/** Null for anything that is no name of a task. */
export function readUpid(text: string): Upid | null {
  const [, node = '', pid = '', pstart = '', starttime = '', type = '', id = '', user = ''] =
    /^UPID:([a-z0-9-]+):([0-9A-F]{8}):([0-9A-F]{8,9}):([0-9A-F]{8}):([^:\s/]+):([^:\s/]*):([^:\s/]+):$/.exec(
      text,
    ) ?? [];
  if (node === '') return null;
  const [a = 0, b = 0, c = 0] = [pid, pstart, starttime].map((each) => parseInt(each, 16));
  return { text, node, pid: a, pstart: b, starttime: c, type, id, user };
}

export function logOf({ text, starttime }: Upid): string {
  return join(PLACES.tasks, hex(starttime).slice(-1), text);
}

/** Whether the task's process still runs. */
export function isAlive({ pid, pstart }: Upid): boolean {
  return startOf(pid) === pstart;
}

function startOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : Number(fields[19]);
  } catch {
    return null;
  }
}

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(8, '0');
}
