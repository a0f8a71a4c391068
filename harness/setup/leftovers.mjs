import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processes other than this one whose environment holds the mark, such as `CODE43_TEST_RUN=<uuid>` (proc(5)):
 * what was started below a process that had set it and is still running.
 * @param {string} mark
 * @returns {{ pid: number, command: string }[]}
 */
export function leftovers(mark) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => read(name, 'environ').includes(mark))
    .map((name) => ({ pid: Number(name), command: read(name, 'cmdline').join(' ').trim() }));
}

/**
 * @param {string} pid
 * @param {string} file
 * @returns {string[]} what the file lists; nothing of a process that is gone or not ours to see
 */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
