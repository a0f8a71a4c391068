import { Command } from 'commander';
import { cleanNode, type Cleaned, type CleanOptions, isClean } from '../../host/proxmox/clean/clean-node.ts';
import { openNode } from '../../host/proxmox/node-link.ts';
import { QmManager } from '../../host/proxmox/qm/qm-manager.ts';
import { messageOf } from '../../text/message-of.ts';
import { type CleanTextOptions, doneText, endText, foundText, waitText } from '../clean-text.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printFailure } from '../failure.ts';
import { type NodeToReach, nodesToReach } from '../nodes-to-reach.ts';
import { interruptible } from '../interrupt.ts';
import { printJson, terminalOptions } from '../output.ts';
import { repeatable } from '../repeatable.ts';
import { wholeNumber } from '../whole-number.ts';

interface Options {
  readonly host?: readonly string[];
  readonly dryRun?: true;
  readonly wait: number;
  readonly json?: true;
}

/** `code43 clean`: takes away what killed runs left on nodes of Proxmox VE, and nothing else. */
export function cleanCommand(): Command {
  return new Command('clean')
    .description(
      'List, then remove what killed runs left on a node of Proxmox VE: their VMs, snapshots, ROMs, sockets and leases. ' +
        'Nothing that code43 did not make is touched, and nothing of a run that lives.',
    )
    .option(
      '--host <host>',
      'a host of your hosts.yaml, root@pve as ssh takes it, or here; repeatable',
      repeatable,
    )
    .option('--dry-run', 'only list')
    .option('--wait <seconds>', 'wait so long for runs, and for tasks of the node, to end', wholeNumber(4), 0)
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(run);
}

const HELP = `
Without --host: every host of your hosts.yaml that has a reach. It takes root on
the node; the API alone does not do. The lease of a run that was killed is free
within a minute: --wait 60 waits for that. Local VMs leave nothing behind, so
there is nothing to clean on this machine, unless it is a node itself.

Exit code: 0 nothing of ours is left behind, 1 something is (with --dry-run: is
there), 2 the command line or hosts.yaml is wrong, 3 a host could not be looked
at, 130 stopped by Ctrl-C: what was begun is finished.`;

interface Outcome {
  readonly host: string;
  /** Null: the host could not be looked at, or not to the end. */
  readonly cleaned: Cleaned | null;
  readonly error: string | null;
}

async function run({ host = [], dryRun, wait, json }: Options): Promise<void> {
  const nodes = await nodesToReach(host);
  const { signal, release } = interruptible('Stopping: what was begun is finished first.');
  const outcomes: Outcome[] = [];
  const quiet = json === true;
  const options = { dryRun: dryRun === true, wait, signal };
  try {
    for (const node of nodes) if (!signal.aborted) outcomes.push(await cleanOne(node, options, quiet));
  } finally {
    release();
  }
  if (quiet) printJson({ schema: 1, dryRun: options.dryRun, hosts: outcomes });
  process.exitCode = signal.aborted ? EXIT.interrupted : exitOf(outcomes);
}

/** One host that cannot be cleaned keeps no other from it. */
async function cleanOne(
  { name, reach }: NodeToReach,
  options: CleanOptions,
  quiet: boolean,
): Promise<Outcome> {
  const { signal } = options;
  try {
    await using node = await openNode(reach, { signal });
    const told = quiet ? {} : teller(name, options);
    const cleaned = await cleanNode({ node, manager: new QmManager(node) }, { ...options, ...told });
    if (!quiet) say(endText(name, cleaned.left, options.dryRun));
    return { host: name, cleaned, error: null };
  } catch (error) {
    if (!quiet && signal?.aborted !== true) {
      process.stderr.write(`${name}: `);
      printFailure(error);
    }
    return { host: name, cleaned: null, error: messageOf(error) };
  }
}

function teller(host: string, { wait }: CleanOptions): Pick<CleanOptions, 'onWait' | 'onPlan' | 'onDone'> {
  const look: CleanTextOptions = { ...terminalOptions(), identities: process.stdout.isTTY };
  return {
    onWait: (items) => {
      say(waitText(host, items, wait, look));
    },
    onPlan: (items) => {
      say(foundText(host, items, look));
    },
    onDone: (item, error) => {
      say(doneText(item, error === null ? null : messageOf(error), look));
    },
  };
}

function say(text: string): void {
  process.stdout.write(text);
}

function exitOf(outcomes: readonly Outcome[]): ExitCode {
  if (outcomes.some(({ cleaned }) => cleaned === null)) return EXIT.error;
  return outcomes.every(({ cleaned }) => cleaned === null || isClean(cleaned.left))
    ? EXIT.asExpected
    : EXIT.unexpected;
}
