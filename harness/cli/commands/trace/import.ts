import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../../../../package.json';
import { judge } from '../../../judge/judge.ts';
import { renderResult } from '../../../report/terminal/result.ts';
import { importHeader, type ImportRequest } from '../../../run/import-header.ts';
import { loadHostAndGuest, UnknownReference } from '../../../scenario/load-host-guest.ts';
import { importTrace } from '../../../trace/import.ts';
import { readTrace } from '../../../trace/read.ts';
import { VERDICTS, type Verdict } from '../../../trace/words.ts';
import { printJson, terminalOptions } from '../../output.ts';
import { findProject } from '../../project.ts';
import { FileNotRead, readBoundedFile } from '../../read-bounded-file.ts';
import { repeatable } from '../../repeatable.ts';
import { asUsage, UsageError } from '../../usage-error.ts';

interface ImportOptions {
  readonly dmesg?: readonly string[];
  readonly statement?: readonly string[];
  readonly config?: string;
  readonly host: string;
  readonly guest: string;
  readonly name: string;
  readonly expect?: Verdict;
  readonly expectFinding?: string;
  readonly out: string;
  readonly json?: true;
}

/** `code43 trace import`: a trace of what people give. */
export function importCommand(): Command {
  return new Command('import')
    .description(
      'Make a trace of class "reported" from a kernel log, a VM config and what the reporter says.',
    )
    .option('--dmesg <file>', "the host's kernel log; repeatable", repeatable)
    .option(
      '--config <file>',
      'the VM config (/etc/pve/qemu-server/NNN.conf, or what `qm config --current` prints)',
    )
    .option('--statement <text>', 'what the reporter says, such as "Code 43"; repeatable', repeatable)
    .requiredOption('--host <name>', 'the host file in scenarios/hosts that fits')
    .requiredOption('--guest <name>', 'the guest file in scenarios/guests that fits')
    .requiredOption('--name <text>', 'a title for people')
    .addOption(new Option('--expect <verdict>', 'the verdict that is expected').choices(VERDICTS))
    .option('--expect-finding <id>', 'the first finding that is expected')
    .requiredOption('--out <directory>', 'where to write the trace; named after it', plainEnd)
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (options: ImportOptions) => {
      const { dmesg: logs = [], statement: statements = [] } = options;
      if (logs.length + statements.length === 0 && options.config === undefined) {
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
      const dmesg = await Promise.all(logs.map(readInput));
      const { headerText, eventsText } = importTrace(importHeader(request), {
        dmesg,
        statements,
      });
      const result = judge(readTrace(headerText, eventsText));
      await mkdir(out, { recursive: true });
      await writeFile(join(out, 'events.jsonl'), eventsText);
      await writeFile(join(out, 'trace.json'), headerText);
      if (options.json) printJson({ schema: 1, directory: out, result });
      else process.stdout.write(`${renderResult(result, terminalOptions())}\n`);
    });
}

const HELP = `
Identities are replaced on the way in: docs/traces.md says which. Names that
nothing marks as such stay: read the result before you hand it on.`;

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

function plainEnd(path: string): string {
  if (!/(?:^|\/)[A-Za-z0-9][A-Za-z0-9._-]*\/?$/.test(path)) {
    throw new InvalidArgumentError('its last part must be letters, digits, dots and dashes.');
  }
  return path;
}
