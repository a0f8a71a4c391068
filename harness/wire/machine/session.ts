import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { CommandFailed } from '../command-failed.ts';
import type { Exit } from '../process.ts';

/** A program with its three streams, in whose words on stderr its supervisor's are. */
export interface Session {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when it has ended and all that it wrote was read. Never rejects. */
  readonly closed: Promise<Exit>;
  /** Writes to its stdin; it may no longer be there. */
  tell(text: string): void;
  /** Lets it go without another word: what it was the near end of learns that nobody is there any more. */
  kill(): void;
}

/**
 * Starts a program as a session of its own, so that Ctrl-C on the terminal is for this process alone.
 *
 * @throws CommandFailed it cannot be started
 */
export async function startSession(argv: readonly string[]): Promise<Session> {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const { stdin, stdout, stderr } = child;
  const closed = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
  // Its end breaks them; that it has ended is told by `closed`.
  for (const stream of [stdin, stdout, stderr]) stream.on('error', () => undefined);
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw new CommandFailed({ argv: [program], what: 'could not be started', cause });
  }
  // Who listens to its stdin would wait for ever for the end of what nobody will say.
  const forget = (): void => void stdin.destroy();
  closed.then(forget, forget);
  return {
    stdout,
    stderr,
    closed,
    tell: (text) => {
      if (stdin.writable) stdin.write(text);
    },
    kill: () => {
      killGroup(child.pid);
      for (const stream of [stdin, stdout, stderr]) stream.destroy();
    },
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
