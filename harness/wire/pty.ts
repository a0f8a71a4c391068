import type { IPty } from 'node-pty';

/** node-pty is optional: where it could not be built there is no pseudo-terminal. */
export class PtyUnavailable extends Error {
  override readonly name = 'PtyUnavailable';

  constructor(cause: unknown) {
    super('no pseudo-terminal here: node-pty is not installed (it needs a C++ compiler, make and python3)', {
      cause,
    });
  }
}

export interface PtyOptions {
  readonly columns: number;
  readonly rows: number;
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A program on a terminal of its own. */
export interface Pty {
  readonly pid: number;
  /**
   * Resolves when the program has ended. On Linux the last output of more than some 4 kB can be lost when a program
   * ends (microsoft/node-pty #72): let it wait for a key before it does, where that matters.
   */
  readonly exited: Promise<{ readonly code: number; readonly signal: number | null }>;
  /** Calls back with all that the program writes, decoded as UTF-8, until the returned function is called. */
  onData(listener: (text: string) => void): () => void;
  /** Types `text`: `\x03` is Ctrl-C. */
  write(text: string): void;
  resize(columns: number, rows: number): void;
  kill(signal?: NodeJS.Signals): void;
}

/**
 * Starts a program on a pseudo-terminal, without a shell.
 *
 * @throws {PtyUnavailable} node-pty is not there
 */
export async function openPty(argv: readonly string[], options: PtyOptions): Promise<Pty> {
  const { spawn } = await import('node-pty').catch((cause: unknown) => {
    throw new PtyUnavailable(cause);
  });
  const [program = '', ...args] = argv;
  const child = spawn(program, args, {
    name: 'xterm-256color',
    cols: options.columns,
    rows: options.rows,
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
  });
  return wrap(child);
}

function wrap(child: IPty): Pty {
  let running = true;
  const exited = new Promise<{ code: number; signal: number | null }>((resolve) => {
    child.onExit(({ exitCode, signal }) => {
      running = false;
      resolve({ code: exitCode, signal: signal === undefined || signal === 0 ? null : signal });
    });
  });
  return {
    pid: child.pid,
    exited,
    onData: (listener) => {
      const subscription = child.onData(listener);
      return () => {
        subscription.dispose();
      };
    },
    // Writing to, resizing or killing what has ended throws inside node-pty.
    write: (text) => {
      if (running) child.write(text);
    },
    resize: (columns, rows) => {
      if (running) child.resize(columns, rows);
    },
    kill: (signal = 'SIGHUP') => {
      if (running) child.kill(signal);
    },
  };
}
