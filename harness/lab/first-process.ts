import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * The first process of a PID namespace, by its number here.
 *
 * @param namespace as it calls itself in `/proc/self/ns/pid`: `pid:[4026532284]`
 * @returns null where this machine has none, or does not show it
 */
export function firstProcess(namespace: string): number | null {
  const found = processesIn(namespace).find((pid) => numberInside(pid) === 1);
  return found ?? null;
}

/** The processes in a PID namespace, by their numbers here. */
export function processesIn(namespace: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && namespaceOf(name) === namespace)
    .map(Number);
}

function namespaceOf(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    // It has just ended, or is not ours to see.
    return null;
  }
}

/** Its number in its own namespace, the innermost (proc(5), NSpid). */
function numberInside(pid: number): number {
  try {
    const [, numbers = ''] = /^NSpid:\s(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(numbers.trim().split(/\s+/).at(-1));
  } catch {
    return Number.NaN;
  }
}
