import type { Signature } from '../signature.ts';

/** QEMU: the OpRegion, which tells the guest’s driver what displays there are. */
export const OPREGION: readonly Signature[] = [
  {
    id: 'opregion-missing',
    emitters: ['qemu'],
    literals: ['IGD OpRegion feature'],
    pattern: /[Dd]oes not supports? (?:requested )?IGD OpRegion feature|IGD OpRegion feature: No such device/,
    means:
      'x-igd-opregion=on was asked for, and the host has none to give: the iGPU is not set up by the firmware (another card is primary), it is a VF, or the kernel lacks VFIO_PCI_IGD.',
    source: 'hw/vfio/pci.c (older); hw/vfio/igd.c',
    finding: null,
  },
  {
    id: 'opregion-access',
    emitters: ['qemu'],
    literals: ['does not support OpRegion access'],
    pattern: /does not support OpRegion access, ?legacy mode disabled/,
    means: 'The host has no OpRegion to give, so legacy mode is off.',
    source: 'hw/vfio/igd.c',
    finding: null,
  },
  {
    id: 'opregion-found',
    emitters: ['qemu'],
    literals: ['OpRegion detected on Intel display'],
    pattern: /OpRegion detected on Intel display (?<id>[0-9a-f]{1,4})/,
    means:
      'QEMU found the OpRegion and gives it to the guest. Good; the guest’s firmware must still hand it on.',
    source: 'hw/vfio/igd.c, since 10.1',
    finding: null,
  },
  {
    id: 'igd-regions',
    emitters: ['host-kernel'],
    literals: ['setup Intel IGD regions'],
    pattern: /Failed to setup Intel IGD regions/,
    means:
      'vfio-pci found no OpRegion, or no host bridge at 00:00.0 to show to the guest. With VMD on, 00:00.0 is a PCI bridge on some boards.',
    source: 'drivers/vfio/pci/vfio_pci_core.c, vfio_pci_core_enable()',
    finding: null,
  },
];
