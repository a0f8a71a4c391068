import { printable } from '../text/printable.ts';

/** Says on stderr for whom this process waits. */
export function sayWaiting(holder: string): void {
  process.stderr.write(`waiting: ${printable(holder, 300)}\n`);
}
