import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EVENTS_CAP, HEADER_CAP } from './caps.ts';
import { hasRecording } from './console-recording.ts';
import type { TraceHeader } from './header.ts';
import { readHeader, readTrace, type Trace, type TraceFiles } from './read.ts';

/** No trace where one was named. */
export class NoTrace extends Error {
  constructor(path: string, options?: ErrorOptions) {
    super(
      `no trace at ${path}: expected a directory with trace.json and events.jsonl, or one that holds such directories`,
      options,
    );
    this.name = 'NoTrace';
  }
}

/**
 * Loads the trace in a directory. A recording that its header names may be missing, but not altered.
 *
 * @throws NoTrace, or TraceError or RecordingAltered when what is there cannot be trusted
 */
export async function loadTrace(directory: string): Promise<Trace> {
  const [header, events] = await Promise.all([
    readBounded(join(directory, 'trace.json'), HEADER_CAP, directory),
    readBounded(join(directory, 'events.jsonl'), EVENTS_CAP, directory),
  ]);
  const trace = readTrace(header, events);
  for (const recording of trace.header.recordings ?? []) await hasRecording(directory, recording);
  return trace;
}

/**
 * Loads the files of the trace in a directory, to be written anew. Recordings that are missing are left out.
 *
 * @throws NoTrace, or TraceError or RecordingAltered when what is there cannot be trusted
 */
export async function loadTraceFiles(directory: string): Promise<TraceFiles> {
  const headerText = await readBounded(join(directory, 'trace.json'), HEADER_CAP, directory);
  const eventsText = await readBounded(join(directory, 'events.jsonl'), EVENTS_CAP, directory);
  const recordings = new Map<string, string>();
  for (const recording of readTrace(headerText, eventsText).header.recordings ?? [])
    if (await hasRecording(directory, recording))
      recordings.set(recording.file, await readFile(join(directory, recording.file), 'utf8'));
  return { headerText, eventsText, recordings };
}

/**
 * Loads only what a trace says of itself; its events are not looked at.
 *
 * @throws NoTrace, or TraceError when `trace.json` cannot be trusted
 */
export async function loadHeader(directory: string): Promise<TraceHeader> {
  return readHeader(await readBounded(join(directory, 'trace.json'), HEADER_CAP, directory));
}

/** All trace directories at or below a path, in order of their names, two levels deep at most. */
export async function findTraces(path: string): Promise<readonly string[]> {
  return (await find(path, 2)) ?? [];
}

async function find(path: string, depth: number): Promise<readonly string[] | null> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  if (entries.some((entry) => entry.name === 'trace.json' && entry.isFile())) return [path];
  if (depth === 0) return [];
  const below = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
      .map((name) => find(join(path, name), depth - 1)),
  );
  return below.flatMap((found) => found ?? []);
}

async function readBounded(file: string, cap: number, directory: string): Promise<string> {
  try {
    if ((await stat(file)).size > cap * 4) throw new Error(`${file} is too large`);
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new NoTrace(directory, { cause });
  }
}
