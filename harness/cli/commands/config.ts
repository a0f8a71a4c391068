import { Command } from 'commander';
import { renderConfig } from '../../report/terminal/config/show.ts';
import { renderConfigDiff } from '../../report/terminal/config/diff.ts';
import { printable } from '../../text/printable.ts';
import { compareConfigs } from '../../vmconfig/file/compare.ts';
import { describeConfig } from '../../vmconfig/file/describe.ts';
import { lossesOf } from '../../vmconfig/file/losses.ts';
import { checkFormat, formatConfig, refuseToWrite } from '../config/format.ts';
import { renderConfigProblems } from '../config/problems.ts';
import { type NamedConfig, noSnapshot, readConfig, readPair } from '../config/read.ts';
import { printJson, terminalOptions } from '../output.ts';
import { UsageError } from '../usage-error.ts';

const DIFF_HELP = `
Examples:
  $ code43 config diff 110.conf@clean 110.conf    what changed since the snapshot
  $ code43 config diff 110.conf 110.conf@pending  what the next stop will change
  $ ssh root@pve qm config 110 --current | code43 config diff - 110.conf

Exit codes: 0 they mean the same · 1 they differ · 2 one of them was not read`;

const FMT_HELP = `
Exit codes:
  0  done; with --check: it is written so
  1  with --check: it is not written so
  2  it was not read, or lines would be lost, or it is a file of Proxmox itself`;

/** `code43 config`: what a Proxmox VM config says, what two of them differ in, and one in Proxmox's own form. */
export function configCommand(): Command {
  return new Command('config')
    .description('Read, compare and format VM configs of Proxmox (/etc/pve/qemu-server/NNN.conf).')
    .addCommand(showCommand())
    .addCommand(diffCommand())
    .addCommand(fmtCommand());
}

function showCommand(): Command {
  return new Command('show')
    .description(
      'Say what is in force and whose each key is, what is pending, and which snapshots there are.',
    )
    .argument('<file>', 'a VM config; - for standard input')
    .option('--snapshot <name>', 'show what this snapshot holds')
    .option('--json', 'print one JSON document')
    .action(async (path: string, options: { readonly snapshot?: string; readonly json?: true }) => {
      const config = await readConfig(path);
      const report = describeConfig(config.file, options.snapshot ?? null);
      if (report === null) throw noSnapshot(config, options.snapshot ?? '');
      if (options.json) printJson({ schema: 1, file: config.name, ...report });
      else
        print([
          renderConfig(config.name, report, terminalOptions()),
          ...renderConfigProblems(report.problems, config),
        ]);
    });
}

function diffCommand(): Command {
  return new Command('diff')
    .description(
      'Say what two VM configs differ in, by key and property; order and spelling are no difference.',
    )
    .argument('<from>', 'a VM config; - for standard input; <file>@<snapshot> for a snapshot in it')
    .argument('<to>', 'the same; <file>@pending is what will be in force once the VM is stopped')
    .option('--json', 'print one JSON document')
    .addHelpText('after', DIFF_HELP)
    .action(async (left: string, right: string, options: { readonly json?: true }) => {
      if (left === '-' && right === '-')
        throw new UsageError('standard input can be read only once: name a file for one of them.');
      const { from, to } = await readPair(left, right);
      const differences = compareConfigs(from.contents, to.contents);
      const names = { from: from.name, to: to.name };
      if (options.json) printJson({ schema: 1, ...names, differences });
      else print([renderConfigDiff(names, differences, terminalOptions()), ...dropped(from), ...dropped(to)]);
      process.exitCode = differences.length === 0 ? 0 : 1;
    });
}

interface FormatOptions {
  readonly check?: true;
  readonly write?: true;
  readonly drop?: true;
}

function fmtCommand(): Command {
  return new Command('fmt')
    .description(
      'Print a VM config as Proxmox itself writes it: sorted keys, sections in order, one spelling.',
    )
    .argument('<file>', 'a VM config; - for standard input')
    .option('--check', 'print nothing; exit code 1 if it is not written so')
    .option('--write', 'replace the file')
    .option('--drop', 'leave out, and name, the lines that Proxmox would drop; else they are an error')
    .addHelpText('after', FMT_HELP)
    .action(async (path: string, options: FormatOptions) => {
      if (options.check && options.write) throw new UsageError('--check writes nothing: leave out --write.');
      if (options.write) await refuseToWrite(path);
      const config = await readConfig(path);
      if (options.check) process.exitCode = checkFormat(config) ? 0 : 1;
      else await formatConfig(path, config, options);
    });
}

function dropped({ name, file }: NamedConfig): readonly string[] {
  const { length } = lossesOf(file);
  if (length === 0) return [];
  const lines = length === 1 ? '1 line that Proxmox drops was' : `${length} lines that Proxmox drops were`;
  return ['', printable(name), `  ${lines} not compared; code43 config show says which`];
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
