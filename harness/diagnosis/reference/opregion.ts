import type { EntriesOf } from './entry.ts';

/** The OpRegion: memory in which the firmware describes ports and panels to the graphics driver. */
export const OPREGION: EntriesOf<'opregion'> = {
  'opregion.missing': {
    title: 'The host has no OpRegion to give',
    meaning:
      'The host’s firmware writes the OpRegion when it sets the iGPU up. Where another card is the primary display it often does not, a virtual function never has one, and a kernel without `VFIO_PCI_IGD` does not pass it on. QEMU then refuses `x-igd-opregion=on` and leaves legacy mode off.',
    evidence:
      'QEMU’s “does not support requested IGD OpRegion feature” or “does not support OpRegion access”; vfio-pci’s “Failed to setup Intel IGD regions”.',
    confusedWith:
      '`opregion.not-passed`: there the host has one, and nobody asked for it. On a virtual function the message is no loss: remove the option.',
    fix: 'In the BIOS make the iGPU the primary display, switch it on beside another card, and switch VMD off. Check that the host’s kernel has `CONFIG_VFIO_PCI_IGD=y`.',
    sources: ['QEMU docs/igd-assign.txt', 'Linux drivers/vfio/pci/vfio_pci_igd.c'],
  },
  'opregion.not-passed': {
    title: 'The guest is not given the OpRegion',
    meaning:
      'Legacy mode passes the OpRegion by itself; outside of it QEMU before 10.1 does so only with `x-igd-opregion=on`. Windows’ driver then knows nothing of the ports: Code 43, or a monitor that stays dark. Linux mostly gets along without it.',
    evidence:
      'A config without that option on q35 or at another address than 00:02.0, with a QEMU before 10.1; or the option set to off; or QEMU’s word that the device was hot-plugged.',
    confusedWith:
      '`rom.missing`: both are needed. The ROM hands on what QEMU offers, and QEMU must offer it.',
    fix: 'Add `-set device.hostpci0.x-igd-opregion=on` to `args` (libvirt: `<qemu:override>`), with the iGPU at 00:02.0 of the guest.',
    sources: ['QEMU docs/igd-assign.txt', 'QEMU hw/vfio/igd.c'],
  },
};
