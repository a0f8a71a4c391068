import type { Examples } from './of-signature.ts';

/** Lines for the tests of `ROMFILE`. */
export const ROMFILE_EXAMPLES: Examples = {
  'rom-read': {
    matches: [
      'kvm: vfio-pci: Cannot read device rom at 0000:00:02.0',
      'Device option ROM contents are probably invalid (check dmesg).',
    ],
    not: ['kvm: vfio: Error reading device ROM: Input/output error'],
  },
  'rom-read-error': {
    matches: [
      'kvm: vfio: Error reading device ROM: Input/output error',
      'kvm: vfio: Error getting ROM info: Invalid argument',
    ],
    not: ['kvm: vfio-pci: Cannot read device rom at 0000:00:02.0'],
  },
  'romfile-missing': {
    matches: [
      'kvm: -device vfio-pci,host=0000:00:02.0,id=hostpci0,bus=pci.0,addr=0x2,romfile=/usr/share/kvm/nosuch.rom: failed to find romfile "/usr/share/kvm/nosuch.rom"',
    ],
    not: ['kvm: -device vfio-pci,host=0000:00:02.0: romfile "igd.rom" is empty'],
  },
  'romfile-empty': {
    matches: ['kvm: -device vfio-pci,host=0000:00:02.0: romfile "/usr/share/kvm/igd.rom" is empty'],
    not: ['kvm: -device vfio-pci,host=0000:00:02.0: failed to find romfile "igd.rom"'],
  },
  'romfile-large': {
    matches: [
      'kvm: -device vfio-pci,host=0000:00:02.0: romfile "igd.rom" (262144 bytes) is too large for ROM size 65536',
      'kvm: romfile "windows.iso" too large',
    ],
    not: ['kvm: -device vfio-pci,host=0000:00:02.0: romfile "igd.rom" is empty'],
  },
};
