import type { Signature } from './signature.ts';
import { DMA_FAULTS } from './signatures/dma-faults.ts';
import { DMA_MAP } from './signatures/dma-map.ts';
import { GUEST_DRIVER } from './signatures/guest-driver.ts';
import { GUEST_FIRMWARE } from './signatures/guest-firmware.ts';
import { GUEST_GPU_FAULTS } from './signatures/guest-gpu-faults.ts';
import { GUEST_MEDIA } from './signatures/guest-media.ts';
import { GUEST_WINDOWS } from './signatures/guest-windows.ts';
import { HOST_DRIVER } from './signatures/host-driver.ts';
import { IGD_LEGACY } from './signatures/igd-legacy.ts';
import { IOMMU } from './signatures/iommu.ts';
import { LIBVIRT_START } from './signatures/libvirt-start.ts';
import { OPREGION } from './signatures/opregion.ts';
import { OPTION_ROM } from './signatures/option-rom.ts';
import { OTHER_VENDOR } from './signatures/other-vendor.ts';
import { OWNERSHIP } from './signatures/ownership.ts';
import { POWER_AND_RESET } from './signatures/power-and-reset.ts';
import { PROXMOX_START } from './signatures/proxmox-start.ts';
import { QEMU_DEVICES } from './signatures/qemu-devices.ts';
import { QEMU_MACHINE } from './signatures/qemu-machine.ts';
import { QEMU_PROPERTIES } from './signatures/qemu-properties.ts';
import { ROMFILE } from './signatures/romfile.ts';
import { SR_IOV } from './signatures/sr-iov.ts';
import { VFIO_GROUP } from './signatures/vfio-group.ts';

/** Every line of a log that is known to mean something, by group. One line may match several. */
export const SIGNATURES: readonly Signature[] = [
  ...OPTION_ROM,
  ...IOMMU,
  ...DMA_FAULTS,
  ...OWNERSHIP,
  ...POWER_AND_RESET,
  ...SR_IOV,
  ...HOST_DRIVER,
  ...IGD_LEGACY,
  ...OPREGION,
  ...ROMFILE,
  ...VFIO_GROUP,
  ...DMA_MAP,
  ...QEMU_DEVICES,
  ...QEMU_PROPERTIES,
  ...QEMU_MACHINE,
  ...PROXMOX_START,
  ...LIBVIRT_START,
  ...GUEST_WINDOWS,
  ...GUEST_DRIVER,
  ...GUEST_FIRMWARE,
  ...GUEST_GPU_FAULTS,
  ...GUEST_MEDIA,
  ...OTHER_VENDOR,
];

const BY_ID: ReadonlyMap<string, Signature> = new Map(SIGNATURES.map((one) => [one.id, one]));

/** @throws {RangeError} where there is none of this id */
export function signatureOf(id: string): Signature {
  const found = BY_ID.get(id);
  if (found === undefined) throw new RangeError(`no signature has the id ${id}: signatures/ lists them`);
  return found;
}
