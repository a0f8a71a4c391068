import { closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { PLACES } from './places.ts';
import { program } from './program.ts';
import { refusal } from './refusals.ts';

/** Seconds that Proxmox waits for a config's lock. */
const WAIT = 10;
/** That somebody else has it, from flock(1). */
const HELD = 43;

/**
 * Does work under the lock of a VM's config: flock(2), which ends with the process.
 *
 * @param say told when it has to wait, and when it need not any more
 * @throws Refusal somebody else held it for 10 s
 */
export async function withConfigLock<T>(
  vmid: number,
  say: (text: string) => void,
  work: () => Promise<T> | T,
): Promise<T> {
  const path = join(PLACES.locks, `lock-${vmid}.conf`);
  mkdirSync(PLACES.locks, { recursive: true });
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644);
  try {
    if (!(await lock(file, ['--nonblock']))) {
      say('trying to acquire lock...\n');
      if (!(await lock(file, ['--timeout', String(WAIT)]))) throw refusal('lockTimeout', path);
      say(' OK\n');
    }
    return await work();
  } finally {
    closeSync(file);
  }
}

/** The lock belongs to the open file, which this process keeps. */
async function lock(file: number, how: readonly string[]): Promise<boolean> {
  const { code, stderr } = await program(['flock', '--conflict-exit-code', String(HELD), ...how, '3'], {
    files: [file],
  });
  if (code === 0 || code === HELD) return code === 0;
  throw new Error(`flock ended with ${code}: ${stderr}`);
}
