import { createInterface } from 'node:readline/promises';
import { width, wrap } from '../../report/terminal/width.ts';
import { printable } from '../../text/printable.ts';
import { terminalOptions } from '../output.ts';
import { UsageError } from '../usage-error.ts';

/** Somebody at a terminal who can be asked. */
export interface Asker {
  /**
   * Asks until the answer will do. An empty answer takes the proposal.
   *
   * @param read turns an answer into a value; its UsageError says why it will not do
   * @throws Stopped; UsageError too many answers would not do
   */
  ask<T>(question: string, proposal: string | null, read: (answer: string) => T): Promise<T>;
  /** @throws Stopped */
  confirm(question: string): Promise<boolean>;
}

/** The person ended the questions: Ctrl-C, Ctrl-D, or the terminal went away. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

const MOST_TRIES = 5;
/** Columns that are left for an answer. */
const ANSWER = 16;

/** Asks on stderr and listens on stdin, so that stdout holds results only. */
export const terminalAsker: Asker = {
  async ask(question, proposal, read) {
    for (let tries = 1; ; tries++) {
      const answer = await line(`${question}${proposal === null ? '' : ` [${proposal}]`}: `);
      try {
        return read(answer === '' && proposal !== null ? proposal : answer);
      } catch (error) {
        if (!(error instanceof UsageError) || tries === MOST_TRIES) throw error;
        tell(error.message);
      }
    }
  },
  async confirm(question) {
    for (;;) {
      const answer = (await line(`${question} [y/n]: `)).toLowerCase();
      if (answer === 'y' || answer === 'yes') return true;
      if (answer === 'n' || answer === 'no') return false;
    }
  },
};

/** A sentence beside the questions. */
export function tell(text: string): void {
  const { columns } = terminalOptions(process.stderr);
  const line = printable(text, 1000);
  const lines = width(line) <= columns ? [line] : wrap(line, columns);
  process.stderr.write(`${lines.join('\n')}\n`);
}

/** One line, without the spaces around it. A long question stands above the line that it is answered on. */
async function line(question: string): Promise<string> {
  const { columns } = terminalOptions(process.stderr);
  const lines = wrap(printable(question, 1000), columns - ANSWER);
  const prompt = lines.at(-1) ?? '';
  for (const above of lines.slice(0, -1)) process.stderr.write(`${above}\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<string>((resolve, reject) => {
      const stop = (): void => {
        process.stderr.write('\n');
        reject(new Stopped('stopped by the user'));
      };
      terminal.once('SIGINT', stop);
      terminal.once('close', stop);
      terminal.question(prompt).then((answer) => {
        terminal.off('close', stop);
        resolve(answer.trim());
      }, reject);
    });
  } finally {
    terminal.close();
  }
}
