import { isOn } from '../options.ts';
import { commandLine } from '../vm/command-line.ts';
import { shellQuote } from '../vm/shell-quote.ts';
import { asked } from './config.ts';
import { type Verb, vmidOf } from './verb.ts';

/** `qm showcmd`: the line that Proxmox's QEMU would be started with, which is not the one that runs here. */
export const SHOWCMD: Verb = {
  use: '<vmid> [OPTIONS]',
  words: ['vmid'],
  options: { pretty: 'flag', snapshot: 'string' },
  from: [
    'qm showcmd: one line',
    'qm showcmd --pretty of a q35/OVMF/TPM VM with hostpci0 romfile x-vga',
    'qm showcmd with args that have an unbalanced quote: they vanish silently',
    'qm showcmd --snapshot',
    'qm showcmd of an unknown VM',
  ],
  run: (given, io) => {
    const vmid = vmidOf(given);
    const words = commandLine(vmid, asked(vmid, given.options).entries);
    const pretty = isOn(given.options['pretty']);
    const line = words.map((word, i) => {
      const before = i === 0 ? '' : pretty && word.startsWith('-') ? ' \\\n  ' : ' ';
      return `${before}${shellQuote(word)}`;
    });
    io.out(`${line.join('')}\n`);
    return 0;
  },
};
