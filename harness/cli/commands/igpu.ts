import { Command } from 'commander';
import { igpuProfile } from '../../igpu/profile.ts';
import { nearestIgpuNames } from '../../igpu/suggest.ts';
import { igpuText } from '../igpu-text.ts';
import { printJson } from '../output.ts';
import { isPciAddress, pciIdHere } from '../pci-id-here.ts';
import { printLines } from '../rom-lines.ts';
import { UsageError } from '../usage-error.ts';

/** `code43 igpu`: what the tables of `igpu/` say of one iGPU; 2 if it is none they know. */
export function igpuCommand(): Command {
  return new Command('igpu')
    .argument('<name...>', 'a processor, a codename, a PCI id, or a PCI address of this machine')
    .description(
      'Say what an Intel iGPU is and how it can be passed through: its generation as QEMU counts, what each QEMU ' +
        'version does with it, SR-IOV and GVT-g, ROMs that name it, and the sizes behind x-igd-gms.',
    )
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(igpu);
}

const HELP = `
Examples:
  $ code43 igpu N100                     by processor, short or in full
  $ code43 igpu "Intel(R) Core(TM) i5-8500T CPU @ 2.10GHz"
  $ code43 igpu Core Ultra 7 155H        quotes can be left out
  $ code43 igpu 8086:46d1                by PCI id, as \`lspci -nn\` shows it
  $ code43 igpu 0000:00:02.0             the device there, on this machine
  $ code43 igpu Jasper Lake              by codename

Legacy mode is how QEMU imitates the machine around an old iGPU, for its VGA
BIOS; UPT is everything else, and what new iGPUs want. Where a name leaves
several families open it says so; a PCI id never does.
What is not known is called unknown. docs/igpus.md tells the sources.`;

async function igpu(words: readonly string[], { json }: { readonly json?: true }): Promise<void> {
  const name = words.join(' ');
  const asked = isPciAddress(name) ? await pciIdHere(name) : name;
  const profile = igpuProfile(asked);
  if (profile === null) throw new UsageError(notKnown(asked));
  if (json) printJson({ schema: 1, ...profile });
  else printLines(igpuText(profile));
}

function notKnown(asked: string): string {
  const [, vendor] = /^([0-9a-f]{4}):[0-9a-f]{4}$/i.exec(asked) ?? [];
  if (vendor !== undefined && vendor !== '8086')
    return `${asked} is not an Intel device: its vendor is ${vendor}, not 8086`;
  const near = nearestIgpuNames(asked);
  const hint =
    near.length > 0
      ? `Near it: ${near.join(', ')}`
      : 'Give a processor, a codename, or an id such as 8086:46d1';
  return `no Intel iGPU known as ${JSON.stringify(asked.slice(0, 80))}. ${hint}`;
}
