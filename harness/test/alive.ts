import { readFileSync } from 'node:fs';

/** Whether a process runs. One that has ended and only waits to be reaped (a zombie) does not. Linux only. */
export function alive(pid: number): boolean {
  try {
    // proc(5): the state follows the program's name in parentheses, which may itself hold any character.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
