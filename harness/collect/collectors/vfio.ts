import type { Collector } from '../collector.ts';

const MODULES = '/sys/module';

/** How the modules really run, whatever the files of modprobe.d say. */
export const vfio: Collector = {
  id: 'vfio',
  file: 'vfio.txt',
  what: 'the modules of VFIO as they run',
  limit: { seconds: 10, bytes: 65_536 },
  whenMissing: 'vfio-pci is not loaded: the first start of a VM with a device loads it',
  gather: async (ask) => [
    await ask.some(
      'grep',
      '-s',
      '.',
      `${MODULES}/vfio_pci/parameters/ids`,
      `${MODULES}/vfio_pci/parameters/disable_vga`,
      `${MODULES}/vfio_pci/parameters/disable_idle_d3`,
      `${MODULES}/vfio_pci_core/parameters/disable_vga`,
      `${MODULES}/vfio_iommu_type1/parameters/allow_unsafe_interrupts`,
      `${MODULES}/i915/parameters/enable_guc`,
      `${MODULES}/i915/parameters/max_vfs`,
      `${MODULES}/xe/parameters/max_vfs`,
    ),
  ],
};
