import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../../../package.json';
import { judge } from '../../judge/judge.ts';
import { printable } from '../../text/printable.ts';
import { renderResult } from '../../report/terminal/result.ts';
import { importHeader, type ImportRequest } from '../../run/import-header.ts';
import { loadHostAndGuest, UnknownReference } from '../../scenario/load-host-guest.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { importTrace } from '../../trace/import.ts';
import { readTrace } from '../../trace/read.ts';
import { hasRecording } from '../../trace/console-recording.ts';
import type { TraceHeader } from '../../trace/header.ts';
import { loadTrace, NoTrace } from '../../trace/store.ts';
import { CHANNELS, VERDICTS, type Channel, type Verdict } from '../../trace/words.ts';
import { printJson, terminalOptions } from '../output.ts';
import { findProject } from '../project.ts';
import { FileNotRead, readBoundedFile } from '../read-bounded-file.ts';
import { asUsage, UsageError } from '../usage-error.ts';
import { wholeNumber } from '../whole-number.ts';

export function traceCommand(): Command {
  return new Command('trace')
    .description('Import what people give you, and look into a trace.')
    .addCommand(importCommand())
    .addCommand(showCommand());
}

interface ImportOptions {
  readonly dmesg: string[];
  readonly statement: string[];
  readonly config?: string;
  readonly host: string;
  readonly guest: string;
  readonly name: string;
  readonly expect?: Verdict;
  readonly expectFinding?: string;
  readonly out: string;
  readonly json?: true;
}

function importCommand(): Command {
  return new Command('import')
    .description(
      'Make a trace of class "reported" from a kernel log, a VM config and what the reporter says.',
    )
    .option('--dmesg <file>', "the host's kernel log; repeatable", collect, [])
    .option(
      '--config <file>',
      'the VM config (/etc/pve/qemu-server/NNN.conf, or what `qm config --current` prints)',
    )
    .option('--statement <text>', 'what the reporter says, such as "Code 43"; repeatable', collect, [])
    .requiredOption('--host <name>', 'the host file in scenarios/hosts that fits')
    .requiredOption('--guest <name>', 'the guest file in scenarios/guests that fits')
    .requiredOption('--name <text>', 'a title for people')
    .addOption(new Option('--expect <verdict>', 'the verdict that is expected').choices(VERDICTS))
    .option('--expect-finding <id>', 'the first finding that is expected')
    .requiredOption('--out <directory>', 'where to write the trace; named after it', plainEnd)
    .option('--json', 'print one JSON document')
    .action(async (options: ImportOptions) => {
      if (options.dmesg.length + options.statement.length === 0 && options.config === undefined) {
        throw new UsageError('nothing to import: give --dmesg, --config or --statement');
      }
      const project = findProject();
      const { host, guest } = await asUsage(
        loadHostAndGuest(project.root, options.host, options.guest),
        UnknownReference,
      );
      const out = resolve(options.out);
      const request: ImportRequest = {
        id: idOf(out, project.traces),
        name: options.name,
        tool: version,
        host,
        guest,
        config: options.config === undefined ? null : await readInput(options.config),
        expect:
          options.expect === undefined
            ? null
            : {
                verdict: options.expect,
                ...(options.expectFinding === undefined ? {} : { finding: options.expectFinding }),
              },
      };
      const dmesg = await Promise.all(options.dmesg.map(readInput));
      const { headerText, eventsText } = importTrace(importHeader(request), {
        dmesg,
        statements: options.statement,
      });
      const result = judge(readTrace(headerText, eventsText));
      await mkdir(out, { recursive: true });
      await writeFile(join(out, 'events.jsonl'), eventsText);
      await writeFile(join(out, 'trace.json'), headerText);
      if (options.json) printJson({ schema: 1, directory: out, result });
      else process.stdout.write(`${renderResult(result, terminalOptions())}\n`);
    });
}

interface ShowOptions {
  readonly channel?: Channel;
  readonly limit: number;
  readonly json?: true;
}

function showCommand(): Command {
  return new Command('show')
    .argument('<trace>', 'a trace directory')
    .description('Print what a trace holds, event by event.')
    .addOption(new Option('--channel <name>', 'only this channel').choices(CHANNELS))
    .option('--limit <n>', 'at most so many events', wholeNumber(7), 500)
    .option('--json', 'print one JSON document')
    .action(async (path: string, options: ShowOptions) => {
      const { header, events, digest } = await asUsage(loadTrace(resolve(path)), NoTrace);
      const recordings = await recordingLines(path, header);
      const wanted = events.filter((event) => options.channel === undefined || event.ch === options.channel);
      const shown = wanted.slice(0, options.limit);
      if (options.json) {
        printJson({ schema: 1, digest, header, events: shown });
        return;
      }
      const lines = [
        `${header.id} · ${header.cell.id} · ${header.origin === 'run' ? 'recorded' : 'imported'}`,
        `host ${header.host.name} · guest ${header.guest.name} · ROM ${header.rom?.ref ?? 'unknown'}`,
        ...recordings,
        ...shown.map(eventLine),
        ...(shown.length < wanted.length ? [`… ${wanted.length - shown.length} more (--limit)`] : []),
      ];
      process.stdout.write(`${lines.map((line) => printable(line, 400)).join('\n')}\n`);
    });
}

/** What the console was used for, and how to see what it showed. */
async function recordingLines(path: string, header: TraceHeader): Promise<readonly string[]> {
  const use = header.console === 'attended' ? ['a person was at the console: the run decides nothing'] : [];
  const recordings = await Promise.all(
    (header.recordings ?? []).map(async (recording) =>
      (await hasRecording(resolve(path), recording))
        ? `console recorded: asciinema play ${join(path, recording.file)}`
        : `console recorded as ${recording.file}, which is not here`,
    ),
  );
  return [...use, ...recordings];
}

function eventLine(event: TraceEvent): string {
  const { n, t, ch, ...rest } = event;
  const said = 'line' in rest && Object.keys(rest).length === 1 ? rest.line : JSON.stringify(rest);
  return `${String(n).padStart(5)} ${t.toFixed(3).padStart(9)} ${ch.padEnd(9)} ${said}`;
}

const INPUT_CAP = 16 * 1024 * 1024;

/** Reads one file that a user names; bounded, since it may be anything. */
async function readInput(file: string): Promise<string> {
  return new TextDecoder().decode(await asUsage(readBoundedFile(file, INPUT_CAP), FileNotRead));
}

/** A trace below scenarios/traces is called by its path there, another one by its directory. */
function idOf(directory: string, traces: string): string {
  const path = relative(traces, directory);
  return path.startsWith('..') ? basename(directory) : path;
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function plainEnd(path: string): string {
  if (!/(?:^|\/)[A-Za-z0-9][A-Za-z0-9._-]*\/?$/.test(path)) {
    throw new InvalidArgumentError('its last part must be letters, digits, dots and dashes.');
  }
  return path;
}
