import { Command } from 'commander';
import { examineHost, type Readiness } from '../../collect/doctor.ts';
import { examinationText } from '../examination-text.ts';
import { endSteps, lookAtHost, sayStep, vmNumber } from '../host-to-look-at.ts';
import { printJson, terminalOptions } from '../output.ts';

interface Options {
  readonly host?: string;
  readonly json?: true;
}

/** `code43 doctor`: whether a host is ready to give its iGPU to a VM, item by item. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .argument('[vmid]', 'the VM on Proxmox VE; left out: the only one that gets a PCI device')
    .description(
      'Say whether this host is ready to pass its iGPU through, item by item, each proved by what the host really does, ' +
        'with the change to make. Changes nothing.',
    )
    .option('--host <destination>', 'another host, as ssh takes it: root@pve')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Run it as root on the host, or with --host from elsewhere. What it cannot see
is "not known", never "ok".

Exit code: 0 ready, 1 not ready, 2 the host cannot be reached, 4 not known.`,
    )
    .action(run);
}

const EXIT_OF: Readonly<Record<Readiness, number>> = { ready: 0, 'not-ready': 1, unknown: 4 };

async function run(vmid: string | undefined, { host, json }: Options): Promise<void> {
  const named = vmNumber(vmid);
  await lookAtHost(host, async (access, signal) => {
    const examination = await examineHost(access, {
      vmid: named,
      signal,
      onStep: ({ what }, step, steps) => {
        sayStep(what, step, steps);
      },
    }).finally(endSteps);
    if (json) printJson({ schema: 1, ...examination });
    else process.stdout.write(examinationText(examination, terminalOptions()));
    process.exitCode = EXIT_OF[examination.readiness];
  });
}
