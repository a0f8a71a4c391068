import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  /** What the program takes for its own name. */
  readonly as?: string;
  readonly input?: string | Uint8Array;
  /** Open files that it gets as 3 and up. */
  readonly files?: readonly number[];
}

/** Runs a program of the node to its end; 127 where there is none, 128 and more after a signal. */
export async function program(argv: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  const [path = '', ...args] = argv;
  const child = spawn(path, args, {
    ...(options.as === undefined ? {} : { argv0: options.as }),
    stdio: ['pipe', 'pipe', 'pipe', ...(options.files ?? [])],
  });
  const output = { stdout: '', stderr: '' };
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.input ?? '');
  child.stdout?.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  try {
    await once(child, 'close');
  } catch (error) {
    return { code: 127, stdout: '', stderr: String(error) };
  }
  return { code: child.exitCode ?? 128, ...output };
}
