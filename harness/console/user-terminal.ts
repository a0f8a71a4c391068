import type { ScreenSize } from '../trace/asciicast.ts';
import { run } from '../wire/shell.ts';

/** There is no terminal where a person would sit. */
export class NoTerminal extends Error {
  override readonly name = 'NoTerminal';

  constructor() {
    super('a console needs a terminal on stdin and stdout: this is a pipe, a file or a job without one');
  }
}

/**
 * What a guest may have left a terminal in, undone: soft reset (DECSTR, VT220 manual), main screen, cursor shown, no
 * mouse reports, no bracketed paste (xterm, "Control Sequences"). On a line of its own.
 */
const AFTERWARDS = ['[!p', '[?1049l', '[?25h', '[?1000l', '[?1002l', '[?1003l', '[?1006l', '[?2004l', '[0m']
  .map((sequence) => `\u001b${sequence}`)
  .join('');

/** Throws where there is no terminal; starts nothing. */
export function requireTerminal(): void {
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw new NoTerminal();
}

/** Of the terminal on stdout, as it is now; one that does not know its size says 0. */
export function terminalSize(): ScreenSize {
  const { columns, rows } = process.stdout;
  return columns > 0 && rows > 0 ? { columns, rows } : { columns: 80, rows: 24 };
}

/**
 * The terminal of the person at it, raw: every key comes as its bytes, and every byte is shown as it is. It is as it
 * was before once closed; Node restores it also when the process ends by `process.exit` or an error. After a SIGKILL
 * nobody can, and `stty sane` helps.
 */
export class UserTerminal {
  readonly #input = process.stdin;
  readonly #output = process.stdout;
  readonly #undo: (() => void)[] = [];
  #open = true;

  private constructor() {
    this.#input.setRawMode(true);
  }

  /** @throws NoTerminal */
  static async open(): Promise<UserTerminal> {
    requireTerminal();
    const terminal = new UserTerminal();
    // Node's raw mode still turns line feeds into new lines (libuv, uv_tty_set_mode), and a guest's full-screen
    // program would be garbled. Closing restores this, too.
    const device = `/proc/${process.pid}/fd/0`;
    await run(['stty', '-F', device, '-opost'], { timeout: 5, allowFailure: true }).catch(() => undefined);
    return terminal;
  }

  write(bytes: Buffer): void {
    if (this.#open && this.#output.writable) this.#output.write(bytes);
  }

  onInput(listener: (bytes: Buffer) => void): void {
    this.#on(this.#input, 'data', listener);
    this.#input.resume();
  }

  onResize(listener: (size: ScreenSize) => void): void {
    this.#on(this.#output, 'resize', () => {
      listener(terminalSize());
    });
  }

  /** The terminal is gone: its window was closed, or its connection. */
  onHangUp(listener: () => void): void {
    const gone = (): void => {
      listener();
    };
    for (const event of ['error', 'end', 'close']) this.#on(this.#input, event, gone);
    this.#on(this.#output, 'error', gone);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const undo of this.#undo.splice(0)) undo();
    try {
      this.#input.setRawMode(false);
    } catch {
      // A terminal that is gone needs no restoring.
    }
    // What is still read from a terminal that hangs up is an error that nobody waits for.
    this.#input.on('error', () => undefined).pause();
    if (this.#output.writable) this.#output.write(`${AFTERWARDS}\n`);
  }

  #on(stream: NodeJS.EventEmitter, event: string, listener: (bytes: Buffer) => void): void {
    stream.on(event, listener);
    this.#undo.push(() => stream.off(event, listener));
  }
}
