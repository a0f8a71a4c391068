import { Command } from 'commander';
import { diagnoseOnDemand } from '../../diagnosis/diagnose-on-demand.ts';
import { renderDiagnosis } from '../../report/terminal/diagnosis.ts';
import { printJson, terminalOptions } from '../output.ts';
import { readEvidence } from '../read-evidence.ts';

interface Options {
  readonly json?: true;
}

/** `code43 diagnose`: from what a person has to the cause and the fix. */
export function diagnoseCommand(): Command {
  return new Command('diagnose')
    .argument('<input...>', 'files and directories in any number and order; - is standard input')
    .description('Say what is wrong, show the lines that prove it, and what to change.')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Each input is recognised by its content, several kinds in one file, too:
  kernel logs (dmesg, journalctl, syslog) of the host or of the guest, QEMU's
  output, task logs, VM configs of Proxmox, libvirt XML, QEMU command lines,
  lspci, pveversion, module options, what Windows says of the device, ROM
  files, and plain facts:

  code43 diagnose dmesg.txt 103.conf - <<'FACTS'
  CPU: N100
  PVE 9.0
  guest: Windows 11, Device Manager shows Code 43
  FACTS

Nothing leaves this machine. Exit code: 0 it works, 1 it does not, 2 an input
could not be read, 4 what was given does not decide.`,
    )
    .action(async (paths: string[], options: Options) => {
      const diagnosis = await diagnoseOnDemand(await readEvidence(paths));
      if (options.json) {
        const { verdict, findings, inputs, notUnderstood, collect } = diagnosis;
        printJson({ schema: 1, verdict, findings, inputs, notUnderstood, collect });
      } else process.stdout.write(renderDiagnosis(diagnosis, terminalOptions()));
      process.exitCode = EXIT_OF[diagnosis.verdict];
    });
}

const EXIT_OF = { pass: 0, fail: 1, inconclusive: 4 } as const;
