import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { takeFault } from './fault.ts';
import type { Io } from './io.ts';
import { PLACES } from './places.ts';
import { NotInStandIn, Refusal } from './refusal.ts';
import { logOf, newUpid, type Upid } from './upid.ts';
import { wordsOf } from './words-of.ts';

export const ACTIVE = join(PLACES.tasks, 'active');
export const INDEX = join(PLACES.tasks, 'index');
/** The exit code of a command whose task has failed, whatever it failed of. */
const FAILED = 255;

/** What runs as a task: it is told where to say what it does. */
export type Work = (say: (text: string) => void) => Promise<void>;

/**
 * Runs work as a task of Proxmox VE: what it says goes to stdout and into the log, why it failed to stderr and into the
 * log. It goes on when whoever asked for it is gone.
 *
 * @returns exit code
 */
export async function asTask(io: Io, type: string, vmid: number, work: Work): Promise<number> {
  const upid = newUpid(type, String(vmid));
  const log = logOf(upid);
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, '');
  appendFileSync(ACTIVE, `${upid.text} 0\n`);
  io.begun?.(upid.text);
  const say = (text: string): void => {
    io.out(text);
    appendFileSync(log, text);
  };
  try {
    await work(say);
    end(upid, log, 'TASK OK\n', 'OK');
    return 0;
  } catch (error) {
    if (error instanceof NotInStandIn) throw error;
    const words = wordsOf(error);
    if (error instanceof Refusal && error.twice) say(`${words}\n`);
    end(upid, log, `\nTASK ERROR: ${words}\n`, words);
    io.err(`${words}\n`);
    return FAILED;
  }
}

function end(upid: Upid, log: string, last: string, status: string): void {
  appendFileSync(log, last);
  if (takeFault('task-log-lost', Number(upid.id)) !== null) rmSync(log, { force: true });
  const time = Math.floor(Date.now() / 1000)
    .toString(16)
    .toUpperCase();
  appendFileSync(INDEX, `${upid.text} ${time} ${status.split('\n', 1)[0] ?? ''}\n`);
}
