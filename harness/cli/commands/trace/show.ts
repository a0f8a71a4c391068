import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { eventLines, traceSummary } from '../../../report/terminal/trace.ts';
import { printable } from '../../../text/printable.ts';
import { hasRecording } from '../../../trace/console-recording.ts';
import type { TraceHeader } from '../../../trace/header.ts';
import { CHANNELS, type Channel } from '../../../trace/words.ts';
import { isFile, loadNamedTrace } from '../../load-trace.ts';
import { printJson, terminalOptions } from '../../output.ts';
import { wholeNumber } from '../../whole-number.ts';

interface ShowOptions {
  readonly channel?: readonly Channel[];
  readonly from: number;
  readonly limit: number;
  readonly full?: true;
  readonly json?: true;
}

/** `code43 trace show`: what a trace holds, event by event. */
export function showCommand(): Command {
  return new Command('show')
    .argument('<trace>', 'a trace directory, or an archive that trace export wrote')
    .description('Print what a trace holds, event by event: number, seconds, channel, what was observed.')
    .addOption(
      new Option('--channel <name>', `only this channel; repeatable (${CHANNELS.join(', ')})`).argParser(
        channel,
      ),
    )
    .option('--from <n>', 'begin with the event of this number', wholeNumber(7), 1)
    .option('--limit <n>', 'at most so many events', wholeNumber(7), 500)
    .option('--full', 'show long texts whole; else they are cut to the width of the terminal')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(show);
}

const HELP = `
What would steer your terminal is shown as an escape. Events alike in a row are
counted. The kernel channel is on the host's clock, the others on the harness's:
their order means nothing. docs/traces.md explains the channels.

  code43 trace show reports/runs/<run> --channel kernel --channel qmp`;

async function show(path: string, options: ShowOptions): Promise<void> {
  const { header, events, digest } = await loadNamedTrace(path);
  const { channel: channels = [], from, limit } = options;
  const wanted = events.filter(({ ch, n }) => n >= from && (channels.length === 0 || channels.includes(ch)));
  const shown = wanted.slice(0, limit);
  if (options.json) {
    printJson({ schema: 1, digest, header, events: shown });
    return;
  }
  const terminal = terminalOptions();
  const width = options.full ? 'whole' : process.stdout.isTTY ? 'terminal' : null;
  const next = wanted[limit];
  const lines = [
    ...traceSummary(header, events, terminal),
    ...(await recordingLines(path, header)),
    ...eventLines(shown, { width }, terminal),
    ...(next === undefined ? [] : [`… ${wanted.length - limit} more: --from ${next.n}, or --limit`]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** What the console was used for, and how to see what it showed. */
async function recordingLines(path: string, header: TraceHeader): Promise<readonly string[]> {
  const use = header.console === 'attended' ? ['a person was at the console: the run decides nothing'] : [];
  const packed = await isFile(path);
  const recordings = await Promise.all(
    (header.recordings ?? []).map(async (recording) => {
      if (packed) return `console recorded as ${recording.file}: unpack the archive to play it`;
      return (await hasRecording(resolve(path), recording))
        ? `console recorded: asciinema play ${join(path, recording.file)}`
        : `console recorded as ${recording.file}, which is not here`;
    }),
  );
  return [...use, ...recordings].map((line) => printable(line));
}

function channel(value: string, before: readonly Channel[] = []): readonly Channel[] {
  const found = CHANNELS.find((name) => name === value);
  if (found === undefined) throw new InvalidArgumentError(`one of ${CHANNELS.join(', ')}.`);
  return [...before, found];
}
