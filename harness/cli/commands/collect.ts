import { Command } from 'commander';
import { version } from '../../../package.json';
import { collect, type Collected } from '../../collect/collect.ts';
import { ForeignFile, writeArchive } from '../../collect/write-archive.ts';
import { printable } from '../../text/printable.ts';
import { endSteps, lookAtHost, sayStep, vmNumber } from '../host-to-look-at.ts';
import { asUsage } from '../usage-error.ts';

interface Options {
  readonly out: string;
  readonly host?: string;
  readonly force?: true;
}

/** `code43 collect`: everything a diagnosis may need of a host, with identities replaced, in one archive. */
export function collectCommand(): Command {
  return new Command('collect')
    .argument('[vmid]', 'the VM on Proxmox VE; left out: the only one that gets a PCI device')
    .description(
      'Gather kernel logs, the VM’s config, PCI devices, IOMMU groups, module options, versions, ROM digests and what ' +
        'the guest says, with identities replaced, into one archive that code43 diagnose takes. Changes nothing.',
    )
    .option('--out <file>', 'the archive to write', 'code43-collected.tar.gz')
    .option('--host <destination>', 'another host, as ssh takes it: root@pve')
    .option('--force', 'replace a file that is there, whatever it is')
    .addHelpText('after', HELP)
    .action(run);
}

const HELP = `
Run it as root on the host, or with --host from elsewhere; what others may not
read is listed as missing. Look into the archive before you give it away:
collected.txt says what is in it. docs/collect.md says what is replaced.

Exit code: 0 written, 2 the host cannot be reached or the file is in the way,
3 it failed, 130 stopped by Ctrl-C, and then nothing is written.`;

async function run(vmid: string | undefined, { out, host, force }: Options): Promise<void> {
  const named = vmNumber(vmid);
  await lookAtHost(host, async (access, signal) => {
    const collected = await collect(access, {
      vmid: named,
      version,
      // How a host was reached names it, too.
      names: host?.split('@') ?? [],
      signal,
      onStep: ({ what }, step, steps) => {
        sayStep(what, step, steps);
      },
    }).finally(endSteps);
    signal.throwIfAborted();
    const bytes = await asUsage(writeArchive(out, collected.files, force === true), ForeignFile);
    process.stderr.write(summary(out, bytes, collected));
  });
}

function summary(out: string, bytes: number, { gathered, vmFound }: Collected): string {
  const missing = gathered.outcomes.filter((outcome) => outcome.missing !== null);
  const about = gathered.vmid === null ? `no VM: ${vmFound}` : `VM ${gathered.vmid} (${vmFound})`;
  return [
    `${printable(out)}: ${bytes} bytes, about ${printable(about)}`,
    `${gathered.outcomes.length - missing.length} of ${gathered.outcomes.length} gathered${missing.length === 0 ? '' : '; not gathered:'}`,
    ...missing.map((outcome) => `  ${outcome.collector.what}: ${printable(outcome.missing ?? '', 200)}`),
    '',
  ].join('\n');
}
