import { readFileSync } from 'node:fs';

/**
 * When a process began, in clock ticks since the host's boot; null if there is none that runs. With its id it names
 * one process for good, since ids are used again (proc(5), /proc/<pid>/stat, fields 3 and 22).
 */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in parentheses and may itself hold any character.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state = ''] = fields;
    return state === 'Z' || state === 'X' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
