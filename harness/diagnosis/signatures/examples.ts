import { DMA_FAULTS_EXAMPLES } from './examples/dma-faults.ts';
import { DMA_MAP_EXAMPLES } from './examples/dma-map.ts';
import { GUEST_LINUX_EXAMPLES } from './examples/guest-linux.ts';
import { GUEST_WINDOWS_EXAMPLES } from './examples/guest-windows.ts';
import { HOST_DRIVER_EXAMPLES } from './examples/host-driver.ts';
import { IGD_LEGACY_EXAMPLES } from './examples/igd-legacy.ts';
import { IOMMU_EXAMPLES } from './examples/iommu.ts';
import { LIBVIRT_START_EXAMPLES } from './examples/libvirt-start.ts';
import { OPREGION_EXAMPLES } from './examples/opregion.ts';
import { OPTION_ROM_EXAMPLES } from './examples/option-rom.ts';
import { OTHER_VENDOR_EXAMPLES } from './examples/other-vendor.ts';
import { OWNERSHIP_EXAMPLES } from './examples/ownership.ts';
import { POWER_AND_RESET_EXAMPLES } from './examples/power-and-reset.ts';
import { PROXMOX_START_EXAMPLES } from './examples/proxmox-start.ts';
import { QEMU_REFUSALS_EXAMPLES } from './examples/qemu-refusals.ts';
import { ROMFILE_EXAMPLES } from './examples/romfile.ts';
import { SR_IOV_EXAMPLES } from './examples/sr-iov.ts';
import { VFIO_GROUP_EXAMPLES } from './examples/vfio-group.ts';
import type { Examples } from './examples/of-signature.ts';

/** Lines that each signature matches, and lines that it must not match, by its id. For tests only. */
export const EXAMPLES: Examples = {
  ...DMA_FAULTS_EXAMPLES,
  ...DMA_MAP_EXAMPLES,
  ...GUEST_LINUX_EXAMPLES,
  ...GUEST_WINDOWS_EXAMPLES,
  ...HOST_DRIVER_EXAMPLES,
  ...IGD_LEGACY_EXAMPLES,
  ...IOMMU_EXAMPLES,
  ...LIBVIRT_START_EXAMPLES,
  ...OPREGION_EXAMPLES,
  ...OPTION_ROM_EXAMPLES,
  ...OTHER_VENDOR_EXAMPLES,
  ...OWNERSHIP_EXAMPLES,
  ...POWER_AND_RESET_EXAMPLES,
  ...PROXMOX_START_EXAMPLES,
  ...QEMU_REFUSALS_EXAMPLES,
  ...ROMFILE_EXAMPLES,
  ...SR_IOV_EXAMPLES,
  ...VFIO_GROUP_EXAMPLES,
};

/** Every line that some signature matches. */
export const MATCHED_LINES: readonly string[] = Object.values(EXAMPLES).flatMap(({ matches }) => matches);
