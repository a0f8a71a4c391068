import { LINE_CAP } from './caps.ts';

/** Columns and rows of a terminal. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Seconds within which a viewer sees one picture: a serial port gives its output letter by letter. */
const FRAME = 1 / 60;

interface Piece {
  readonly t: number;
  readonly code: 'o' | 'r';
  readonly text: string;
}

/**
 * Writes what a terminal showed as an asciicast (docs.asciinema.org/manual/asciicast/v2): each method returns the lines
 * that are complete by then, `end` the rest. Times are seconds since the recording began. What was typed is not in it,
 * only what was echoed.
 *
 * Text is redacted a whole line at a time, since a name can come in pieces, one for each key that was pressed. Redaction
 * keeps lengths, so every piece keeps its own time. A line is held back until it ends, at most `LINE_CAP` characters.
 */
export class AsciicastWriter {
  readonly #redact: (text: string) => string;
  // The recording is text, the console is bytes: a character may come in two chunks.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #held: Piece[] = [];
  #length = 0;

  /** @param redact must keep the length of what it is given */
  constructor(redact: (text: string) => string) {
    this.#redact = redact;
  }

  /** @param started seconds since the epoch */
  header(size: ScreenSize, started: number, title: string): string {
    const { columns: width, rows: height } = size;
    return line({ version: 2, width, height, timestamp: Math.floor(started), title });
  }

  output(bytes: Uint8Array, t: number): string {
    return this.#text(this.#decoder.decode(bytes, { stream: true }), t);
  }

  resize({ columns, rows }: ScreenSize, t: number): string {
    this.#held.push({ t, code: 'r', text: `${columns}x${rows}` });
    return this.#length === 0 ? this.#release() : '';
  }

  /** What is held back is dropped; a mark, which players show, says why nothing follows. */
  stop(why: string, t: number): string {
    this.#held = [];
    this.#length = 0;
    return line([round(t), 'm', why]);
  }

  end(t: number): string {
    return this.#text(this.#decoder.decode(), t) + this.#release();
  }

  #text(text: string, t: number): string {
    const whole = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    if (whole > 0) {
      this.#hold(text.slice(0, whole), t);
      const lines = this.#release();
      this.#hold(text.slice(whole), t);
      return lines;
    }
    this.#hold(text, t);
    return this.#length > LINE_CAP ? this.#release() : '';
  }

  #hold(text: string, t: number): void {
    if (text === '') return;
    this.#length += text.length;
    const last = this.#held.at(-1);
    if (last?.code === 'o' && t - last.t < FRAME)
      this.#held[this.#held.length - 1] = { ...last, text: last.text + text };
    else this.#held.push({ t, code: 'o', text });
  }

  #release(): string {
    const pieces = this.#held;
    this.#held = [];
    this.#length = 0;
    const clean = this.#redact(pieces.map(({ code, text }) => (code === 'o' ? text : '')).join(''));
    let at = 0;
    return pieces
      .map(({ t, code, text }) => {
        if (code === 'r') return line([round(t), code, text]);
        at += text.length;
        return line([round(t), code, clean.slice(at - text.length, at)]);
      })
      .join('');
  }
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/** To the microsecond, as asciinema's own recorder writes it. */
function round(t: number): number {
  return Math.round(t * 1e6) / 1e6;
}
