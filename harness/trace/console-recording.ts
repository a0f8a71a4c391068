import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { AsciicastWriter, type ScreenSize } from './asciicast.ts';
import { RECORDING_CAP } from './caps.ts';
import type { Recording } from './header.ts';
import { messageOf } from '../text/message-of.ts';

/** Room for what is said last, when the cap is reached. */
const LAST_LINE = 1_024;

/** Records a console into a file, as it happens, until `RECORDING_CAP`. Recording never fails what it records. */
export class ConsoleRecording {
  readonly file: string;
  readonly #cast: AsciicastWriter;
  readonly #descriptor: number;
  readonly #hash = createHash('sha256');
  readonly #began = performance.now();
  #size: ScreenSize;
  #bytes = 0;
  #over = false;
  /** Why not all of the console is in the file; null if all is. */
  incomplete: string | null = null;

  /**
   * @param path where it goes; its folder must be there
   * @param title what a player shows, such as the cell
   * @param redact must keep the length of what it is given
   * @throws Node's own error when the file is there already or cannot be made
   */
  constructor(
    path: { readonly directory: string; readonly file: string },
    options: { readonly size: ScreenSize; readonly title: string; readonly redact: (text: string) => string },
  ) {
    this.file = path.file;
    this.#size = options.size;
    this.#cast = new AsciicastWriter(options.redact);
    this.#descriptor = openSync(join(path.directory, path.file), 'wx');
    this.#write(this.#cast.header(options.size, Date.now() / 1000, options.redact(options.title)));
  }

  output(bytes: Uint8Array): void {
    this.#write(this.#cast.output(bytes, this.#now()));
  }

  resize(size: ScreenSize): void {
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = size;
    this.#write(this.#cast.resize(size, this.#now()));
  }

  /** Completes the file and says what a trace's header says of it. */
  close(): Recording {
    if (!this.#over) {
      this.#write(this.#cast.end(this.#now()));
      this.#finish();
    }
    return { file: this.file, bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') };
  }

  #now(): number {
    return (performance.now() - this.#began) / 1000;
  }

  #write(lines: string): void {
    if (this.#over || lines === '') return;
    const bytes = Buffer.from(lines);
    if (this.#bytes + bytes.length > RECORDING_CAP - LAST_LINE) {
      this.incomplete = `the recording stopped at ${RECORDING_CAP / 1_048_576} MiB`;
      this.#append(Buffer.from(this.#cast.stop(this.incomplete, this.#now())));
      this.#finish();
    } else this.#append(bytes);
  }

  #append(bytes: Buffer): void {
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at);
      this.#hash.update(bytes);
      this.#bytes += bytes.length;
    } catch (error) {
      this.incomplete = `the recording could not be written: ${messageOf(error)}`;
      // A part of a line is none; making a file shorter needs no room.
      ftruncateSync(this.#descriptor, this.#bytes);
      this.#finish();
    }
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    closeSync(this.#descriptor);
  }
}

/** A recording that is not the one its trace's header names. */
export class RecordingAltered extends Error {
  override readonly name = 'RecordingAltered';
}

/**
 * Whether a recording lies beside its trace.
 *
 * @throws RecordingAltered when what lies there does not have the digest that the header states
 */
export async function hasRecording(directory: string, recording: Recording): Promise<boolean> {
  const path = join(directory, recording.file);
  const facts = await stat(path).catch(() => null);
  if (facts === null) return false;
  const whole = facts.isFile() && facts.size === recording.bytes && facts.size <= RECORDING_CAP;
  if (whole && sha256(await readFile(path)) === recording.sha256) return true;
  throw new RecordingAltered(`${path} does not have the digest that trace.json states (${recording.sha256})`);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
