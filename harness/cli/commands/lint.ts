import { Command } from 'commander';
import { lint } from '../../diagnosis/lint.ts';
import { renderLint } from '../../report/terminal/diagnosis.ts';
import { EXIT } from '../exit-code.ts';
import { printJson, terminalOptions } from '../output.ts';
import { readEvidence } from '../read-evidence.ts';
import { repeatable } from '../repeatable.ts';
import { UsageError } from '../usage-error.ts';

interface Options {
  readonly host?: readonly string[];
  readonly json?: true;
}

/** `code43 lint`: what is wrong with a VM's config before anybody boots it. */
export function lintCommand(): Command {
  return new Command('lint')
    .argument('<config...>', 'VM configs: of Proxmox, libvirt XML, QEMU command lines; - is standard input')
    .description('Check VM configs for what breaks iGPU passthrough, before anybody boots them.')
    .option(
      '--host <evidence>',
      'what they are to run on, as diagnose takes it: lspci -nn, pveversion -v, a kernel log, what collect gathered, ' +
        'or CPU and QEMU’s version in plain words; repeatable',
      repeatable,
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExit code: 0 nothing that stops or breaks it, 1 something does, 2 no VM was found.',
    )
    .action(async (paths: string[], { host = [], json }: Options) => {
      const { vms, ofHost, findings } = lint(await readEvidence(paths), await readEvidence(host));
      if (vms === 0) throw new UsageError(`Nothing in ${paths.join(', ')} describes a VM.`);
      if (host.length > 0 && ofHost === 0)
        throw new UsageError(`Nothing in ${host.join(', ')} says what host it is.`);
      if (json) printJson({ schema: 1, findings });
      else process.stdout.write(renderLint(findings, terminalOptions()));
      process.exitCode = findings.some(({ severity }) => severity === 'cause')
        ? EXIT.unexpected
        : EXIT.asExpected;
    });
}
