import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tarOf } from '../collect/tar.ts';
import { archiveKind } from '../diagnosis/archive-kind.ts';
import { ARCHIVE_LIMITS, Budget, NotRead } from '../diagnosis/archive/budget.ts';
import { inflate } from '../diagnosis/archive/inflate.ts';
import { TarReader, type TarTarget } from '../diagnosis/archive/tar.ts';
import { EVENTS_CAP, HEADER_CAP, RECORDING_CAP } from '../trace/caps.ts';
import { digest } from '../trace/digest.ts';
import { readHeader, readTrace, type TraceFiles } from '../trace/read.ts';

/** Bytes of an archive that is read: what a full trace takes when it hardly shrinks. */
export const ARCHIVE_CAP = 128 * 1_048_576;

/** An archive that holds no trace, or one that cannot be trusted. */
export class NoTraceInArchive extends Error {
  override readonly name = 'NoTraceInArchive';
}

/** A trace as one `.tar.gz`: a folder with its files. The same trace gives the same bytes. */
export function packTrace({ headerText, eventsText, recordings }: TraceFiles): Uint8Array {
  const { id, started } = readHeader(headerText);
  const folder = id.replace(/[^\w-]+/g, '-').slice(0, 60) || 'trace';
  const files = [['trace.json', headerText], ['events.jsonl', eventsText], ...recordings] as const;
  return gzipSync(
    tarOf(
      files.map(([name, text]) => ({ name: `${folder}/${name}`, bytes: Buffer.from(text) })),
      started === null ? 0 : Date.parse(started) / 1000 || 0,
    ),
  );
}

/**
 * Reads what `packTrace` wrote, or a tar of one trace's directory. Other files in it are passed over.
 *
 * @param name of the archive, for errors
 * @throws NoTraceInArchive, TraceError
 */
export function unpackTrace(name: string, packed: Uint8Array): TraceFiles {
  const files = new Wanted();
  try {
    if (archiveKind(packed) !== 'gzip') throw new NotRead('it is no .tar.gz');
    const tar = new TarReader(files);
    inflate('gzip', packed, new Budget(ARCHIVE_LIMITS, packed.length), (piece) => {
      tar.write(piece);
    });
    tar.end();
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    throw new NoTraceInArchive(
      `no trace in ${name}: ${error.message}. Give what code43 trace export wrote.`,
      {
        cause: error.cause,
      },
    );
  }
  const [headerText, eventsText] = [files.text('trace.json'), files.text('events.jsonl')];
  if (headerText === null || eventsText === null)
    throw new NoTraceInArchive(`no trace in ${name}: it has no trace.json with an events.jsonl beside it`);
  return { headerText, eventsText, recordings: recordingsOf(name, headerText, eventsText, files) };
}

function recordingsOf(
  name: string,
  headerText: string,
  eventsText: string,
  files: Wanted,
): Map<string, string> {
  const recordings = new Map<string, string>();
  for (const { file, sha256 } of readTrace(headerText, eventsText).header.recordings ?? []) {
    const text = files.text(file);
    if (text === null) continue;
    if (digest(text) !== sha256)
      throw new NoTraceInArchive(
        `${name}: ${file} does not have the digest that trace.json states (${sha256})`,
      );
    recordings.set(file, text);
  }
  return recordings;
}

/** Most files that are kept of an archive. */
const MOST = 16;

/** Keeps the files of a trace while a tar is read; never more of one than a trace may have. */
class Wanted implements TarTarget {
  readonly #kept = new Map<string, Uint8Array[]>();
  #current: { readonly name: string; readonly pieces: Uint8Array[]; left: number } | null = null;

  begin(entry: string): void {
    const name = basename(entry);
    const cap = capOf(name);
    if (cap === 0) return;
    if (this.#kept.has(name))
      throw new NotRead(`it has two files that are called ${name}: one trace at a time`);
    if (this.#kept.size >= MOST) throw new NotRead(`it has more than ${MOST} files of a trace`);
    this.#current = { name, pieces: [], left: cap };
    this.#kept.set(name, this.#current.pieces);
  }

  take(piece: Uint8Array): void {
    if (this.#current === null) return;
    this.#current.left -= piece.length;
    if (this.#current.left < 0) throw new NotRead(`its ${this.#current.name} is larger than a trace's`);
    this.#current.pieces.push(piece.slice());
  }

  end(): void {
    this.#current = null;
  }

  text(name: string): string | null {
    const pieces = this.#kept.get(name);
    return pieces === undefined ? null : Buffer.concat(pieces).toString('utf8');
  }
}

function capOf(name: string): number {
  if (name === 'trace.json') return HEADER_CAP * 4;
  if (name === 'events.jsonl') return EVENTS_CAP * 4;
  return /^[a-z][a-z0-9-]{0,40}\.cast$/.test(name) ? RECORDING_CAP : 0;
}
