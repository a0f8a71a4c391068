import { createRequire } from 'node:module';
import type * as nodePty from 'node-pty';

/** node-pty is optional: where it could not be built there is no pseudo-terminal. */
export class PtyUnavailable extends Error {
  override readonly name = 'PtyUnavailable';

  constructor(cause: unknown) {
    super(
      'no pseudo-terminal here: node-pty is not installed. It is built by `npm ci`, which needs g++, make and python3 ' +
        '(on Debian: apt install g++ make python3)',
      { cause },
    );
  }
}

export interface PtyOptions {
  readonly columns: number;
  readonly rows: number;
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A program on a terminal of its own. What it writes and what it is sent are bytes: nothing is decoded on the way. */
export interface Pty {
  readonly pid: number;
  /**
   * Resolves when the program has ended. On Linux the last output of more than some 4 kB can be lost when a program
   * ends (microsoft/node-pty #72): let it wait for a key before it does, where that matters.
   */
  readonly exited: Promise<{ readonly code: number; readonly signal: number | null }>;
  /** Calls back with all that the program writes until the returned function is called. */
  onData(listener: (bytes: Buffer) => void): () => void;
  /** Types what it is given: `\x03` is Ctrl-C. */
  write(typed: string | Buffer): void;
  resize(columns: number, rows: number): void;
  kill(signal?: NodeJS.Signals): void;
}

/**
 * Says early, before anything is started, that there is no pseudo-terminal to be had.
 *
 * @throws {PtyUnavailable} node-pty is not there
 */
export function requirePty(): void {
  loadNodePty();
}

/**
 * Starts a program on a pseudo-terminal, without a shell.
 *
 * @throws {PtyUnavailable} node-pty is not there
 */
export function openPty(argv: readonly string[], options: PtyOptions): Pty {
  const [program = '', ...args] = argv;
  const child = loadNodePty().spawn(program, args, {
    name: 'xterm-256color',
    cols: options.columns,
    rows: options.rows,
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
    encoding: null,
  });
  return wrap(child);
}

/** By its place in these sources: the bundle that runs may lie where no package is found. */
function loadNodePty(): typeof nodePty {
  try {
    return createRequire(import.meta.url)('node-pty') as typeof nodePty;
  } catch (cause) {
    throw new PtyUnavailable(cause);
  }
}

function wrap(child: nodePty.IPty): Pty {
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
      // Its types know text only; with `encoding: null` it gives Buffers (node-pty.d.ts, IBasePtyForkOptions.encoding).
      const subscription = child.onData((bytes: unknown) => {
        if (Buffer.isBuffer(bytes)) listener(bytes);
      });
      return () => {
        subscription.dispose();
      };
    },
    // Writing to, resizing or killing what has ended throws inside node-pty.
    write: (typed) => {
      if (running) child.write(typed);
    },
    resize: (columns, rows) => {
      if (running) child.resize(columns, rows);
    },
    kill: (signal = 'SIGHUP') => {
      if (running) child.kill(signal);
    },
  };
}
