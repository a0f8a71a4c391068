import { readdir } from 'node:fs/promises';
import { homedir, hostname, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { version } from '../../package.json';
import { SIGNATURES } from '../diagnosis/signatures.ts';
import { judge } from '../judge/judge.ts';
import { renderRedaction, type Redaction } from '../report/terminal/redaction.ts';
import { readTrace, type TraceFiles } from '../trace/read.ts';
import { NoRecording } from '../trace/redact/redact-recording.ts';
import { redactTrace } from '../trace/redact-trace.ts';
import { isFile, loadNamedFiles } from './load-trace.ts';
import { printJson, terminalOptions } from './output.ts';
import { asUsage } from './usage-error.ts';
import { IsThere } from './write-new.ts';

export interface HandOnOptions {
  readonly name?: readonly string[];
  readonly json?: true;
}

/**
 * Redacts the trace at `path`, has it written, and says what was replaced, by kind and count.
 *
 * @param write puts the redacted files where the person wants them
 * @throws UsageError where there is no trace, or something is in the way
 */
export async function handOn(
  path: string,
  out: string,
  options: HandOnOptions,
  write: (files: TraceFiles) => Promise<void>,
): Promise<void> {
  const files = await loadNamedFiles(path);
  const redacted = await asUsage(redact(files, options.name ?? []), NoRecording);
  await asUsage(write(redacted), IsThere);
  const [before, after] = [files, redacted].map(({ headerText, eventsText }) =>
    judge(readTrace(headerText, eventsText)),
  );
  const redaction: Redaction = {
    out,
    digest: after?.trace ?? null,
    replaced: redacted.replaced,
    verdict: { before: before?.verdict ?? 'error', after: after?.verdict ?? 'error' },
    leftOut: await leftOutOf(path, redacted),
  };
  if (options.json) printJson({ schema: 1, ...redaction, replaced: Object.fromEntries(redacted.replaced) });
  else process.stdout.write(renderRedaction(redaction, terminalOptions()));
}

function redact(files: TraceFiles, names: readonly string[]): Promise<ReturnType<typeof redactTrace>> {
  // Whoever hands a trace on mostly does so where it was recorded.
  const all = [...names, hostname(), userInfo().username, homedir()];
  return new Promise((resolve) => {
    resolve(redactTrace(files, { names: all, keep: wordsOfSignatures(), version }));
  });
}

/** What the judge looks for in logs must not be taken for a name only because somebody is called so. */
function wordsOfSignatures(): ReadonlySet<string> {
  const literals = SIGNATURES.flatMap((signature) => signature.literals);
  return new Set(literals.flatMap((literal) => literal.toLowerCase().split(/[^a-z0-9_-]+/)));
}

/** Files beside the trace that it does not name: nobody knows what is in them. */
async function leftOutOf(path: string, { recordings }: TraceFiles): Promise<readonly string[]> {
  if (await isFile(path)) return [];
  const taken = new Set(['trace.json', 'events.jsonl', ...recordings.keys()]);
  return (await readdir(resolve(path))).filter((name) => !taken.has(name)).sort();
}
