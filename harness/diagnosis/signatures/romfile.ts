import type { Signature } from '../signature.ts';
import { romGiven } from '../subject/passed.ts';
import { works } from '../subject/trouble.ts';
import { fix, inVm, onHost } from './fix.ts';
import { certain, refusal } from './severity.ts';

/** QEMU: the ROM file, or the ROM in the device. */
export const ROMFILE: readonly Signature[] = [
  {
    id: 'rom-read',
    emitters: ['qemu'],
    literals: ['Cannot read device rom at', 'Device option ROM contents are probably invalid'],
    pattern:
      /Cannot read device rom at (?<device>[0-9a-f:]{7,12}\.[0-7])|Device option ROM contents are probably invalid/,
    means:
      'QEMU asked the device for its ROM and got none; no file was given. It matters only where the guest needs a ROM.',
    source: 'hw/vfio/pci.c, vfio_pci_load_rom()',
    finding: {
      id: 'rom.signature-benign',
      title: 'That the device has no readable ROM is harmless here',
      severity: (_, of) => (works(of) || romGiven(of) === 'yes' ? 'harmless' : null),
    },
  },
  {
    id: 'rom-read-error',
    emitters: ['qemu'],
    literals: ['reading device ROM', 'getting ROM info'],
    pattern: /\bvfio: Error (?:reading device ROM|getting ROM info): (?<why>.{1,60})/,
    means: 'Reading the ROM of the device failed. No harm where a file is given.',
    source: 'hw/vfio/pci.c, vfio_pci_load_rom()',
    finding: null,
  },
  {
    id: 'romfile-missing',
    emitters: ['qemu'],
    literals: ['failed to find romfile'],
    pattern: /failed to find romfile "(?<file>[^"]{1,200})"/,
    means: 'The ROM file is not where QEMU looks; the VM does not start.',
    source: 'hw/pci/pci.c, pci_add_option_rom()',
    finding: {
      id: 'rom.file-not-found',
      title: 'The ROM file is not where the config says',
      severity: refusal,
      confidence: certain,
      fix: (signals) => ({
        why: 'The name in romfile= must be that of a file that is there; Proxmox looks in /usr/share/kvm/.',
        source: 'hw/pci/pci.c; qemu-server, PCI.pm',
        vm: [],
        steps: [
          onHost(
            `Copy the ROM to ${signals[0]?.captures['file'] ?? '/usr/share/kvm/'}, or correct the name in the config`,
          ),
        ],
      }),
    },
  },
  {
    id: 'romfile-empty',
    emitters: ['qemu'],
    literals: ['" is empty'],
    pattern: /romfile "(?<file>[^"]{1,200})" is empty/,
    means: 'The ROM file has no bytes, as after a failed download; the VM does not start.',
    source: 'hw/pci/pci.c, pci_add_option_rom()',
    finding: {
      id: 'rom.file-empty',
      title: 'The ROM file is empty',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'A failed download leaves an empty file.',
        'hw/pci/pci.c',
        onHost('Fetch the ROM again and compare its sha256'),
      ),
    },
  },
  {
    id: 'romfile-large',
    emitters: ['qemu'],
    literals: [' too large'],
    pattern:
      /romfile "(?<file>[^"]{1,200})"(?: \((?<bytes>\d{1,12}) bytes\) is too large for ROM size (?<size>\d{1,12})| too large)/,
    means: 'The ROM file is larger than romsize=, or no ROM at all; the VM does not start.',
    source: 'hw/pci/pci.c, pci_add_option_rom()',
    finding: {
      id: 'rom.file-too-large',
      title: 'The ROM file is too large',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'romsize= must be a power of two and not smaller than the file.',
        'hw/pci/pci.c',
        inVm('Remove romsize=, or give the right file'),
      ),
    },
  },
];
