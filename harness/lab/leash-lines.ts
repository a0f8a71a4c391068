import type { Duplex } from 'node:stream';
import * as z from 'zod/mini';
import { within } from '../wire/deadline.ts';
import { LineSplitter } from '../wire/lines.ts';
import { LabFailed } from './lab-error.ts';

const LINE = 4096;
const Ready = z.object({ port: z.int() });

/** What the node says over its leash, a line at a time. */
export class LeashLines {
  readonly #seconds: number;
  readonly #said: string[] = [];
  #wanted: ((line: string | null) => void) | null = null;
  #closed = false;

  constructor(leash: Duplex, seconds: number) {
    this.#seconds = seconds;
    const lines = new LineSplitter(LINE, (line) => {
      this.#said.push(line.toString());
      this.#hand();
    });
    leash.on('data', (chunk: Buffer) => {
      lines.push(chunk);
    });
    leash.on('close', () => {
      this.#closed = true;
      this.#hand();
    });
  }

  /** @throws LabFailed it ended, or said nothing in time */
  async next(): Promise<string> {
    const line = new Promise<string | null>((resolve) => {
      this.#wanted = resolve;
      this.#hand();
    });
    const said = await within(
      line,
      { seconds: this.#seconds },
      () => new LabFailed(`nothing within ${this.#seconds} s`),
    );
    if (said === null) throw new LabFailed('it ended');
    return said;
  }

  readReady(line: string): { readonly port: number } {
    return Ready.parse(JSON.parse(line));
  }

  #hand(): void {
    if (this.#wanted === null || (this.#said.length === 0 && !this.#closed)) return;
    this.#wanted(this.#said.shift() ?? null);
    this.#wanted = null;
  }
}
