import { realpath } from 'node:fs/promises';
import { Command } from 'commander';
import { examineHost } from '../../collect/doctor.ts';
import { machineAccess } from '../../collect/machine-access.ts';
import { QmManager } from '../../host/proxmox/qm/qm-manager.ts';
import { lookAtNode } from '../../init/look-at-node.ts';
import { NodeUnfit } from '../../init/node-unfit.ts';
import { loadLibrary, type Library } from '../../scenario/library.ts';
import { ownerFile } from '../../scenario/owner.ts';
import { renderProblem } from '../../scenario/render-problem.ts';
import { SourceFiles } from '../../scenario/source-files.ts';
import { YamlNotEdited } from '../../scenario/yaml-edit.ts';
import { FileNotReplaced } from '../config/replace-file.ts';
import { EXIT } from '../exit-code.ts';
import { atNode, endSteps } from '../host-to-look-at.ts';
import { Stopped, terminalAsker } from '../init/asker.ts';
import { choose, type Looked } from '../init/choose.ts';
import { finish } from '../init/finish.ts';
import { nodeReach } from '../init/node-reach.ts';
import { printable } from '../../text/printable.ts';
import { findProject } from '../project.ts';
import { repeatable } from '../repeatable.ts';
import { asUsage, UsageError } from '../usage-error.ts';

export interface InitOptions {
  readonly host?: string;
  readonly name?: string;
  readonly guest?: readonly string[];
  readonly igpu?: string;
  readonly vmids?: string;
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/** `code43 init`: 0 the files are as they should be, 2 something must be said or is not there, 3 the node failed. */
export function initCommand(): Command {
  return new Command('init')
    .description(
      'Look at a host with Proxmox VE, and write what code43 needs to run there: scenarios/hosts/<name>.yaml, which may ' +
        'be published, a first scenario, and your own hosts.yaml, which may not. Changes nothing on the host.',
    )
    .option('--host <where>', 'the node: here, or as ssh takes it (root@pve)')
    .option('--name <id>', 'what the host is called in scenarios; from its CPU if left out')
    .option('--guest <guest=vmid>', 'which template, or VM of yours, is which guest; repeatable', repeatable)
    .option('--igpu <address>', 'which iGPU, where there are several: 0000:00:02.0')
    .option('--vmids <from-to>', 'VM numbers for clones; a free hundred if left out')
    .option('--yes', 'ask nothing: take what is proposed, and write')
    .option('--dry-run', 'show what would be written, and write nothing')
    .option('--json', 'print one JSON document, and ask nothing')
    .addHelpText('after', HELP)
    .action(init);
}

const HELP = `
Asks only what it cannot see, and only at a terminal; elsewhere an option says
it. Run it again at any time: what is right stays as it is, what differs is
shown and asked, a scenario that is there is yours and is kept.

Exit code: 0 written, or nothing to write; 2 something has to be said, or the
host is none that can be used: nothing was written; 3 the host failed; 130
stopped by Ctrl-C.`;

async function init(options: InitOptions): Promise<void> {
  const asker = options.yes || options.json || !process.stdin.isTTY ? null : terminalAsker;
  const { root } = findProject();
  const library = await libraryOrRefuse(root);
  try {
    const reach = await nodeReach(options, library.owners, asker);
    const looked = await atNode(reach, async (machine, signal): Promise<Looked> => {
      const access = machineAccess(machine, signal);
      const onStep = lookingAt(machine.name);
      const seen = await lookAtNode(access, new QmManager(machine), { signal, onStep });
      const examination = await examineHost(access, {
        vmid: null,
        signal,
        onStep: ({ what }) => {
          onStep(what);
        },
      });
      return { reach, where: machine.name, seen, examination };
    }).finally(endSteps);
    if (looked === null) return;
    const choice = await choose(options, looked, { root, ownerFile: ownerFile(), library }, asker);
    await asUsage(finish(options, choice, asker), YamlNotEdited, FileNotReplaced);
  } catch (error) {
    if (error instanceof NodeUnfit) throw new UsageError(error.message, { cause: error.cause });
    if (!(error instanceof Stopped)) throw error;
    process.stderr.write('code43: stopped by the user. Nothing was written.\n');
    process.exitCode = EXIT.interrupted;
  }
}

/** What is looked at: on a terminal one line that changes, elsewhere one for all. */
function lookingAt(where: string): (what: string) => void {
  const line = printable(`looking at ${where}`, 200);
  if (!process.stderr.isTTY) process.stderr.write(`${line}\n`);
  return (what) => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r\u001b[K${`${line}: ${what}`.slice(0, process.stderr.columns - 1)}`);
  };
}

/** @throws UsageError the files that are there have problems */
async function libraryOrRefuse(root: string): Promise<Library> {
  const files = new SourceFiles(await realpath(root));
  const library = await loadLibrary(files, ownerFile());
  if (files.problems.length === 0) return library;
  const shown = files.problems.map((problem) => renderProblem(problem, files.texts.get(problem.file)));
  throw new UsageError(
    `nothing was written: the files that are there have problems\n\n${shown.join('\n\n')}`,
  );
}
