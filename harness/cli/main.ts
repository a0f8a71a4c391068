import { version } from '../../package.json';
import { EXIT } from './exit-code.ts';

/**
 * Runs one command line: the words after `code43`.
 * Returns the exit code; what the command prints is on stdout, what went wrong on stderr. Throws nothing.
 */
export async function main(words: readonly string[]): Promise<number> {
  forgiveClosedPipe(process.stdout);
  forgiveClosedPipe(process.stderr);
  // The most frequent question of scripts, answered before anything is loaded for it.
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
    process.stdout.write(`${version}\n`);
    return EXIT.asExpected;
  }
  const { runProgram } = await import('./program.ts');
  return runProgram(words);
}

/** `code43 … | head` is no failure: the reader has seen enough. What still runs goes on, unheard. */
function forgiveClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    // Nothing can be said on the stream that fails; the exit code still tells.
    if (stream !== process.stderr)
      process.stderr.write(`code43: cannot write its output: ${error.message}\n`);
    process.exit(EXIT.error);
  });
}
