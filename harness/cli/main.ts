import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { version } from '../../package.json';
import { EXIT } from './exit-code.ts';

/**
 * Runs one command line: the words after `code43`.
 * Returns the exit code; what the command prints is on stdout, what went wrong on stderr. Throws nothing.
 */
export async function main(words: readonly string[]): Promise<number> {
  forgiveClosedPipe(process.stdout);
  forgiveClosedPipe(process.stderr);
  letGoOfClosedTerminal();
  // The most frequent question of scripts, answered before anything is loaded for it.
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
    process.stdout.write(`${version}\n`);
    return EXIT.asExpected;
  }
  const { runProgram } = await import('./program.ts');
  return runProgram(words);
}

/**
 * A terminal that was closed while this process went on to clean up is let go before the end: Node would restore its
 * settings, and aborts where it cannot (src/node.cc, ResetStdio).
 */
function letGoOfClosedTerminal(): void {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  process.once('exit', () => {
    for (const descriptor of terminals.filter((each) => !isatty(each))) closeSync(descriptor);
  });
}

/**
 * `code43 … | head` is no failure: the reader has seen enough. Nor is a terminal that was closed, which answers EIO
 * (Linux drivers/tty/tty_io.c, a hung-up tty). What still runs goes on, unheard.
 */
function forgiveClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || (error.code === 'EIO' && stream.isTTY)) return;
    // Nothing can be said on the stream that fails; the exit code still tells.
    if (stream !== process.stderr)
      process.stderr.write(`code43: cannot write its output: ${error.message}\n`);
    process.exit(EXIT.error);
  });
}
