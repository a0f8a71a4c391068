import { Command } from 'commander';
import { openHost } from '../../host/drivers.ts';
import { previewCells } from '../../run/preview.ts';
import { loadCells } from '../../scenario/load.ts';
import { ownerFile } from '../../scenario/owner.ts';
import { checkDocument, checkExitCode, checkText } from '../check-document.ts';
import { findProject } from '../project.ts';

/** `code43 check`: what is wrong in scenario files, and what a run of each cell would start. */
export function checkCommand(): Command {
  return new Command('check')
    .description(
      'Check scenario files offline and print, for each cell, the exact command a run would start.',
    )
    .argument('[paths...]', 'files, folders, or ids of scenarios or cells; all of scenarios/ if left out')
    .option('--host <name>', 'only cells that this host may run')
    .option('--json', 'print one JSON document')
    .action(check);
}

/** Checks and prints; what `run --dry-run` does too. Sets the exit code. */
export async function check(
  targets: readonly string[],
  options: { readonly host?: string; readonly json?: true },
): Promise<void> {
  const host = options.host === undefined ? {} : { host: options.host };
  const loaded = await loadCells(findProject().root, targets, { ...host, owner: ownerFile() });
  const found = checkDocument(loaded, await previewCells(loaded.cells, (host) => openHost(host, loaded)));
  const text = options.json ? `${JSON.stringify(found, null, 2)}\n` : checkText(found, loaded.sources);
  process.stdout.write(text);
  process.exitCode = checkExitCode(found);
}
