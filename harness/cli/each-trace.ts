import { relative, resolve } from 'node:path';
import type { Trace } from '../trace/read.ts';
import { findTraces, loadTrace, NoTrace } from '../trace/store.ts';
import { printable } from '../text/printable.ts';
import { UsageError } from './usage-error.ts';
import { messageOf } from '../text/message-of.ts';

/** A trace directory that was left out, and why. */
export interface LeftOut {
  readonly directory: string;
  readonly why: string;
}

/** Milliseconds between two words of progress. */
const SAY_EVERY = 2_000;

/**
 * The trace directories at or below these paths, in their order, each once.
 *
 * @throws UsageError when there is none at one of them
 */
export async function traceDirectories(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const traces = await findTraces(resolve(path));
    if (traces.length === 0) throw new UsageError(new NoTrace(path).message);
    found.push(...traces);
  }
  return [...new Set(found)];
}

/**
 * Gives each trace to `onTrace`, one after the other, so that only one is held at a time. One that cannot be trusted is
 * left out and named. Long work says on stderr how far it is.
 */
export async function eachTrace(
  directories: readonly string[],
  signal: AbortSignal,
  onTrace: (trace: Trace, directory: string) => Promise<void>,
): Promise<readonly LeftOut[]> {
  const leftOut: LeftOut[] = [];
  let said = performance.now();
  for (const [index, directory] of directories.entries()) {
    signal.throwIfAborted();
    if (performance.now() - said > SAY_EVERY) {
      said = performance.now();
      process.stderr.write(`judged ${index} of ${directories.length} traces\n`);
    }
    const trace = await loadTrace(directory).catch((error: unknown) => {
      leftOut.push({
        directory: shown(directory),
        why: messageOf(error),
      });
      return null;
    });
    if (trace !== null) await onTrace(trace, directory);
  }
  return leftOut;
}

/** Says on stderr what was left out. */
export function nameLeftOut(leftOut: readonly LeftOut[]): void {
  for (const { directory, why } of leftOut)
    process.stderr.write(`left out ${printable(directory, 200)}: ${printable(why)}\n`);
}

/** The directory as a person here would name it. */
export function shown(directory: string): string {
  const path = relative(process.cwd(), directory);
  return path === '' ? '.' : path.startsWith('..') ? directory : path;
}
