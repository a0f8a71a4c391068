import { Command } from 'commander';
import type { TraceFiles } from '../../../trace/read.ts';
import { handOn, type HandOnOptions } from '../../hand-on.ts';
import { repeatable } from '../../repeatable.ts';
import { packTrace } from '../../trace-archive.ts';
import { writeNewDirectory, writeNewFile } from '../../write-new.ts';

/** `code43 trace export`: one file to hand on, without identities. */
export function exportCommand(): Command {
  return new Command('export')
    .argument('<trace>', 'a trace directory, or an archive of one')
    .argument('<out>', 'the file to write, if it ends in .tar.gz or .tgz; else a directory')
    .description('Write a trace without identities as one file to hand on. Overwrites nothing.')
    .option('--name <text>', 'also hide this name of a host, a person, a place; repeatable', repeatable)
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(async (path: string, out: string, options: HandOnOptions) => {
      await handOn(path, out, options, (files) =>
        /\.(?:tar\.gz|tgz)$/i.test(out)
          ? writeNewFile(out, packTrace(files))
          : writeNewDirectory(out, filesByName(files)),
      );
    });
}

/** What a trace's directory holds. */
export function filesByName({ headerText, eventsText, recordings }: TraceFiles): ReadonlyMap<string, string> {
  return new Map([['trace.json', headerText], ['events.jsonl', eventsText], ...recordings]);
}

const HELP = `
Replaced by pseudonyms, in every channel, in base64 and behind escapes: MAC, IP
and mail addresses, UUIDs, serial numbers, product keys, names of hosts, users,
VMs and storages, passwords, tokens and keys. This machine's host name, your
user name and your home go, too. Equal values stay equal. What is written says
that it was redacted, has digests of its own, and is judged like the original:

  code43 trace export reports/runs/<run> run.tar.gz --name my-nas
  code43 replay run.tar.gz

Exit code: 0 written, 2 no such trace, or something has that name already.`;
