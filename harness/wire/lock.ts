import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import { messageOf } from '../text/message-of.ts';

const HolderSchema = z.object({
  pid: z.int(),
  /** What it does, as a verb: `records history`. */
  purpose: z.string().check(z.maxLength(200)),
  /** ISO 8601 UTC. */
  since: z.string().check(z.maxLength(40)),
});
/** Who holds a lock, by their own words. */
export type Holder = z.infer<typeof HolderSchema>;

export interface LockOptions {
  /** What this process does with it, for whoever waits: `records history`. */
  readonly purpose: string;
  /** Seconds to wait for another holder; 0: refuse at once. */
  readonly wait: number;
  readonly signal?: AbortSignal | undefined;
  /** Called once when somebody else holds it and it is waited for. */
  readonly onWait?: (holder: string) => void;
}

/** Another process holds the lock, and went on holding it for as long as was to be waited. */
export class LockHeld extends Error {
  override readonly name = 'LockHeld';

  constructor(path: string, holder: string, waited: number) {
    const how = waited > 0 ? ` after ${waited} s of waiting` : '';
    super(`${holder}${how} (lock ${path}): wait until it has ended, or end it`);
  }
}

/** The lock itself could not be taken, for a reason that is not another holder. */
export class LockFailed extends Error {
  override readonly name = 'LockFailed';

  constructor(path: string, what: string, options?: ErrorOptions) {
    super(`cannot lock ${path}: ${what}`, options);
  }
}

const HOLDER_BYTES = 1024;
/** Seconds between two tries, and for one run of flock(1). */
const AGAIN = 0.25;
const TRY = 10;
/** The exit code for "somebody else holds it" that flock(1) is told to give; its own errors are sysexits, 64 and up. */
const HELD = 43;

/**
 * Runs `work` while no other process on this machine does work under the same lock file, in any container that sees the
 * file. The lock is the kernel's (flock(2)) and ends with the process, however it ends; the file itself stays, and says
 * who held it last. Two calls in one process exclude each other too.
 *
 * @throws LockHeld when another holder does not let go in time; LockFailed; the signal's reason
 */
export async function withLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const file = open(path);
  try {
    await acquire(file, path, options);
    sayHolder(file, path, options.purpose);
    return await work();
  } finally {
    // Nobody else has this open file, so closing it is letting go.
    closeSync(file);
  }
}

function open(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o644);
  } catch (cause) {
    throw new LockFailed(path, messageOf(cause), { cause });
  }
}

async function acquire(file: number, path: string, { wait, signal, onWait }: LockOptions): Promise<void> {
  const until = performance.now() + wait * 1000;
  for (let told = false; !(await tryLock(file, path)); told = true) {
    signal?.throwIfAborted();
    const holder = describeHolder(file);
    if (performance.now() >= until) throw new LockHeld(path, holder, wait);
    if (!told) onWait?.(holder);
    await pause(AGAIN * 1000, undefined, signal ? { signal } : {});
  }
}

/**
 * Node has no flock(2) of its own. flock(1) of util-linux locks the open file that it inherits; the lock belongs to the
 * open file and so stays with this process when flock(1) has ended.
 */
async function tryLock(file: number, path: string): Promise<boolean> {
  const child = spawn('flock', ['--nonblock', '--conflict-exit-code', String(HELD), '3'], {
    stdio: ['ignore', 'ignore', 'ignore', file],
    timeout: TRY * 1000,
    killSignal: 'SIGKILL',
  });
  try {
    await once(child, 'exit');
  } catch (cause) {
    throw new LockFailed(path, 'flock (util-linux) could not be started', { cause });
  }
  if (child.exitCode === 0) return true;
  if (child.exitCode === HELD) return false;
  const how = child.signalCode ?? `exit code ${String(child.exitCode)}`;
  throw new LockFailed(path, `flock ended with ${how}; does the file system have locks?`);
}

function sayHolder(file: number, path: string, purpose: string): void {
  const holder: Holder = { pid: process.pid, purpose, since: new Date().toISOString() };
  try {
    ftruncateSync(file, 0);
    writeSync(file, `${JSON.stringify(holder)}\n`, 0);
  } catch (cause) {
    throw new LockFailed(path, messageOf(cause), { cause });
  }
}

/** The lock's file may hold anything: another process of this user writes it. */
function describeHolder(file: number): string {
  const bytes = Buffer.alloc(HOLDER_BYTES);
  try {
    const text = bytes.toString('utf8', 0, readSync(file, bytes, 0, HOLDER_BYTES, 0));
    const { pid, purpose, since } = HolderSchema.parse(JSON.parse(text));
    return `process ${pid} ${purpose} since ${since}`;
  } catch {
    // It took the lock a moment ago and has not said so yet.
    return 'another process holds it';
  }
}
