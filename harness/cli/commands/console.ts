import { join, relative } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../../../package.json';
import { attachHere, NotKept } from '../../console/attach.ts';
import { attendHere } from '../../console/attendance.ts';
import { KeptGone } from '../../console/client.ts';
import { DEFAULT_DETACH_KEY, type DetachKey, detachKey, NoDetachKey } from '../../console/detach-key.ts';
import { NoTerminal, requireTerminal } from '../../console/user-terminal.ts';
import { openHost } from '../../host/drivers.ts';
import { renderResult } from '../../report/terminal/result.ts';
import type { RunAtConsole } from '../../run/attend.ts';
import { runCell, type Run } from '../../run/run-cell.ts';
import type { Cell } from '../../scenario/cell.ts';
import type { Loaded } from '../../scenario/load.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { interruptible } from '../interrupt.ts';
import { loadOrRefuse } from '../load-cells.ts';
import { lookIntoNode } from '../look-into-node.ts';
import { parseMinutes } from '../minutes.ts';
import { terminalOptions } from '../output.ts';
import { findProject, type Project } from '../project.ts';
import { nodeToReach } from '../nodes-to-reach.ts';
import { asUsage, UsageError } from '../usage-error.ts';
import { wholeNumber } from '../whole-number.ts';

interface Options {
  readonly attach?: string | true;
  readonly host?: string;
  readonly boots: number;
  readonly for: number;
  readonly detachKey: DetachKey;
}

export function consoleCommand(): Command {
  return new Command('console')
    .argument(
      '[cell]',
      'the id of one cell, or of a scenario that has only one; or the number of a VM that runs on a node',
    )
    .description(
      'Boot a cell with its serial console on this terminal. The run is watched and recorded as always, but since a ' +
        'person was at it, it decides nothing. Or look into a VM that runs on a node of Proxmox VE: that is no run.',
    )
    .option('--attach [run]', 'look into a VM that `run --keep-on-failure` left up; a part of its id will do')
    .option(
      '--host <name>',
      "run on this host; of a VM's number: a host of your hosts.yaml, root@pve, or here",
    )
    .option('--boots <n>', "do so many of the cell's boots, then leave the VM up", wholeNumber(2), 1)
    .option('--for <minutes>', 'stop the VM after so long', parseMinutes, 30)
    .addOption(
      new Option('--detach-key <key>', 'leaves the console')
        .argParser(parseKey)
        .default(detachKey(DEFAULT_DETACH_KEY), DEFAULT_DETACH_KEY),
    )
    .addHelpText('after', HELP)
    .action(async (target: string | undefined, options: Options) => {
      if ((target === undefined) === (options.attach === undefined))
        throw new UsageError('name one cell to boot, or --attach to look into a VM that is up');
      needTerminal();
      process.exitCode = await (target === undefined
        ? attach(options)
        : /^[1-9]\d{2,8}$/.test(target)
          ? lookIntoNode(Number(target), (await nodeToReach(options.host)).reach, options.detachKey)
          : boot(target, options));
    });
}

const HELP = `
Every key but the detach key goes to the guest, Ctrl-C too. Guests that code43
builds offer a shell: press Enter. What the console shows in a run is kept in
its trace as console.cast, which "asciinema play" plays; what is typed and not
echoed is not in it. As on any console, the guest can send your terminal what it
likes.

Of a VM's number on a node: "code43 console 110 --host root@pve" is the node's
"qm terminal 110", in which Ctrl-O is the guest's, too. The VM needs a serial
port (qm set 110 --serial0 socket) and its guest a console on it (ttyS0). The
port serves one at a time: while another terminal or a run has it, nothing is
shown. Nothing is recorded, and the VM stays as it is.`;

/** Boots a cell under the user's eyes. Leaving it, for whatever reason, stops the VM. */
async function boot(target: string, options: Options): Promise<ExitCode> {
  const project = findProject();
  const { cell, connections } = await oneCell(project, target, options);
  const interrupt = interruptible();
  const leave = new AbortController();
  const closed = new AbortController();
  const over = (why: string): void => {
    leave.abort(new Error(why));
  };
  const until = new Date(Date.now() + options.for * 60_000);
  const late = setTimeout(over, options.for * 60_000, `${options.for} min were over`);
  const signal = AbortSignal.any([interrupt.signal, closed.signal, leave.signal]);
  try {
    const attend = attendHere({
      detach: options.detachKey,
      title: cell.id,
      greeting: (run) => greeting(cell, run, until, options.detachKey),
      onLeft: (how) => {
        if (how === 'detached') over('detached from the console');
        if (how === 'hung up') closed.abort(new Error('the terminal was closed'));
      },
    });
    const at = { directory: project.runs, tool: version, plan: null, attempt: 1, emit: () => undefined };
    await using host = await openHost(cell.host, { connections });
    const run = await runCell(cell, host, { ...at, signal, attend });
    process.stdout.write(farewell(run, signal));
    return interrupt.signal.aborted || closed.signal.aborted ? EXIT.interrupted : codeOf(run);
  } finally {
    clearTimeout(late);
    interrupt.release();
  }
}

async function oneCell(
  project: Project,
  target: string,
  { host, boots }: Options,
): Promise<{ readonly cell: Cell; readonly connections: Loaded['connections'] }> {
  const { cells, connections } = await loadOrRefuse(project.root, [target], host);
  const [cell, ...more] = cells;
  if (cell === undefined) throw new UsageError(`no cell of ${target} can run on ${host ?? 'its host'}`);
  if (more.length > 0) {
    const ids = cells.map(({ id }) => `  ${id}`).join('\n');
    throw new UsageError(`a console belongs to one cell, and ${target} has ${cells.length}:\n${ids}`);
  }
  return { cell: { ...cell, boots: cell.boots.slice(0, Math.max(1, boots)) }, connections };
}

/** Exits as `run` does, but that no verdict is expected of a run that decides nothing. */
function codeOf({ result }: Run): ExitCode {
  if (result.verdict === 'error') return EXIT.error;
  return result.boots.length === 0 ? EXIT.nothingRan : EXIT.asExpected;
}

function greeting(cell: Cell, run: RunAtConsole, until: Date, key: DetachKey): string {
  return [
    `${cell.id} on ${cell.host.name}`,
    `${key.name} leaves and stops the VM; at ${until.toLocaleTimeString('en-GB')} it stops by itself.`,
    'Everything else you type goes to the guest. Recorded in',
    here(run.directory),
    '',
  ].join('\n');
}

function farewell(run: Run, signal: AbortSignal): string {
  const why = signal.aborted && signal.reason instanceof Error ? signal.reason.message : 'the guest ended';
  const [recording] = run.recordings;
  const play =
    recording === undefined ? [] : [`Play it: asciinema play ${here(join(run.directory, recording.file))}`];
  return [
    run.result.boots.length === 0 ? 'No VM was started.' : `The VM is down: ${why}.`,
    renderResult(run.result, terminalOptions()),
    `Trace: ${here(run.directory)}`,
    ...play,
    '',
  ].join('\n');
}

const here = (path: string): string => relative(process.cwd(), path) || '.';

/** Looks into a kept VM. Leaving it changes nothing for the VM. */
async function attach(options: Options): Promise<ExitCode> {
  const interrupt = interruptible();
  try {
    const wanted = typeof options.attach === 'string' ? options.attach : '';
    await asUsage(
      attachHere(wanted, { detach: options.detachKey, signal: interrupt.signal }),
      NotKept,
      KeptGone,
    );
    return interrupt.signal.aborted ? EXIT.interrupted : EXIT.asExpected;
  } finally {
    interrupt.release();
  }
}

function needTerminal(): void {
  try {
    requireTerminal();
  } catch (error) {
    throw error instanceof NoTerminal ? new UsageError(error.message) : error;
  }
}

function parseKey(text: string): DetachKey {
  try {
    return detachKey(text);
  } catch (error) {
    throw error instanceof NoDetachKey ? new InvalidArgumentError(`${error.message}.`) : error;
  }
}
