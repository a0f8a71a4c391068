import { Command } from 'commander';
import { handOn, type HandOnOptions } from '../../hand-on.ts';
import { repeatable } from '../../repeatable.ts';
import { writeNewDirectory } from '../../write-new.ts';
import { filesByName } from './export.ts';

/** `code43 trace redact`: a trace's directory once more, without identities. */
export function redactCommand(): Command {
  return new Command('redact')
    .argument('<trace>', 'a trace directory, or an archive of one')
    .argument('<out>', 'the directory to write')
    .description('Write a trace directory without identities, and say what was replaced.')
    .option('--name <text>', 'also hide this name of a host, a person, a place; repeatable', repeatable)
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (path: string, out: string, options: HandOnOptions) => {
      await handOn(path, out, options, (files) => writeNewDirectory(out, filesByName(files)));
    });
}

const HELP = `
Says how many values of each kind were replaced, in how many places, and never
which. \`code43 trace export --help\` tells what goes; a second redaction changes
nothing. To hand a trace on, export makes one file of it.

Exit code: 0 written, 2 no such trace, or something has that name already.`;
