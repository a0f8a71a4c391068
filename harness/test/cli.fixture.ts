import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findTraces, loadTrace } from '../trace/store.ts';
import type { TraceEvent } from '../trace/event.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A folder of its own with the committed scenarios and ROM manifests, so that a test's runs stay in it. */
export async function project(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'code43-project-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const part of ['scenarios', 'roms'])
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  return folder;
}

export interface Cli {
  readonly child: ChildProcess;
  /** Resolves when it has ended and all it printed is read. */
  readonly done: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts `code43` as a user would, from inside the project; `under` is a command that runs it, such as `prlimit`. */
export function code43(cwd: string, words: readonly string[], under: readonly string[] = []): Cli {
  const [program = '', ...rest] = [...under, process.execPath, join(ROOT, 'harness/cli/bin.mjs'), ...words];
  const child = spawn(program, rest, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  onTestFinished(() => void child.kill('SIGKILL'));
  const done = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
  return { child, done };
}

/** The events of all traces that a project has so far. */
export async function recorded(folder: string): Promise<readonly TraceEvent[]> {
  const directories = await findTraces(join(folder, 'reports', 'runs'));
  const traces = await Promise.all(directories.map((directory) => loadTrace(directory)));
  return traces.flatMap((trace) => trace.events);
}

/** Process ids of every QEMU that these events tell of. */
export function qemuPids(events: readonly TraceEvent[]): readonly number[] {
  return events.flatMap((event) => (event.ch === 'exec' && event.kind === 'spawn' ? [event.pid] : []));
}
