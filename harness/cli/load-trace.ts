import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RecordingAltered } from '../trace/console-recording.ts';
import { readTrace, TraceError, type Trace, type TraceFiles } from '../trace/read.ts';
import { loadTrace, loadTraceFiles, NoTrace } from '../trace/store.ts';
import { FileNotRead, readBoundedFile } from './read-bounded-file.ts';
import { ARCHIVE_CAP, NoTraceInArchive, unpackTrace } from './trace-archive.ts';
import { asUsage } from './usage-error.ts';

const NAMED_WRONGLY = [NoTrace, FileNotRead, NoTraceInArchive, TraceError, RecordingAltered] as const;

/** Whether a person named one file, such as an exported trace, rather than a directory. */
export async function isFile(path: string): Promise<boolean> {
  return (await stat(resolve(path)).catch(() => null))?.isFile() ?? false;
}

/**
 * The trace in a directory, or in an archive that `code43 trace export` wrote.
 *
 * @throws UsageError where there is none, or one that cannot be trusted
 */
export async function loadNamedTrace(path: string): Promise<Trace> {
  if (!(await isFile(path))) return asUsage(loadTrace(resolve(path)), ...NAMED_WRONGLY);
  const { headerText, eventsText } = await loadNamedFiles(path);
  return readTrace(headerText, eventsText);
}

/** The same, as the files that it has. */
export async function loadNamedFiles(path: string): Promise<TraceFiles> {
  const whole = resolve(path);
  return asUsage((await isFile(path)) ? unpackedFrom(whole) : loadTraceFiles(whole), ...NAMED_WRONGLY);
}

async function unpackedFrom(path: string): Promise<TraceFiles> {
  return unpackTrace(path, await readBoundedFile(path, ARCHIVE_CAP));
}
