import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { openPty, type Pty } from '../wire/pty.ts';

const BIN = join(import.meta.dirname, '../cli/bin.mjs');
const SOON = { timeout: 60_000, interval: 50 };

/** `code43` on a terminal of its own, as a person would see it and type at it. */
export interface Person {
  readonly pty: Pty;
  /** All that the terminal was sent so far. */
  screen(): string;
  /** Waits until the terminal shows this. */
  sees(words: string | RegExp): Promise<void>;
  type(keys: string): void;
  /** Types a command into the guest's shell, whose answer comes on lines of its own. */
  enters(command: string): void;
}

/** Starts `code43` on a terminal of 80 columns and 24 rows, inside a project. */
export function onTerminal(cwd: string, words: readonly string[], env: Record<string, string> = {}): Person {
  return atTerminal([process.execPath, BIN, ...words], cwd, env);
}

/**
 * The same from a shell, which tells when it has ended: `ended with <code>, terminal as before`, or how the terminal's
 * settings differ from those that it had before.
 */
export function fromShell(cwd: string, words: readonly string[], env: Record<string, string> = {}): Person {
  const script = `
before=$(stty -g)
trap : TERM
"$@"
code=$?
after=$(stty -g)
[ "$after" = "$before" ] && after='as before'
printf 'ended with %s, terminal %s\\n' "$code" "$after"
`;
  return atTerminal(['sh', '-c', script, 'sh', process.execPath, BIN, ...words], cwd, env);
}

function atTerminal(argv: readonly string[], cwd: string, env: Record<string, string>): Person {
  const pty = openPty(argv, { columns: 80, rows: 24, cwd, env });
  onTestFinished(() => {
    pty.kill('SIGKILL');
  });
  let shown = '';
  pty.onData((bytes) => {
    shown += bytes.toString();
    // A shell that asks where the cursor is waits for the answer (ECMA-48, DSR and CPR).
    if (bytes.includes('\u001b[6n')) pty.write('\u001b[1;1R');
  });
  const type = (keys: string): void => {
    pty.write(keys);
  };
  return {
    pty,
    screen: () => shown,
    sees: async (words_) => {
      await expect.poll(() => shown, SOON).toMatch(words_);
    },
    type,
    enters: (command) => {
      type(`${command}\r`);
    },
  };
}
