import type { EntriesOf } from './entry.ts';

/** Virtual functions: parts of the iGPU for several guests. */
export const SRIOV: EntriesOf<'sriov'> = {
  'sriov.pf-on-vfio': {
    title: 'The physical function is given away, so there are no virtual ones',
    meaning:
      'Virtual functions (00:02.1 and up) are made by the host’s driver on 00:02.0. Once vfio-pci or a VM holds that device, there is nobody to make them, and those that were there are gone.',
    evidence:
      '`Kernel driver in use: vfio-pci` at 00:02.0, or vfio-pci’s own lines about it, where virtual functions are wanted; “Cannot bind to PF with SR-IOV enabled”.',
    confusedWith: '`sriov.driver-broken`: there the host’s driver holds the device and cannot do it.',
    fix: 'Remove the iGPU’s id from `vfio-pci ids=` and any blacklist of i915 or xe. Pass `00:02.1` and up only, and restart the host.',
    sources: ['Linux drivers/pci/iov.c', 'Linux drivers/vfio/pci/vfio_pci_core.c'],
  },
  'sriov.no-pf-driver': {
    title: 'No driver that makes virtual functions holds the iGPU',
    meaning:
      'The kernel was asked for virtual functions while no driver was bound to 00:02.0, or one without SR-IOV. At boot the wish may simply come too early.',
    evidence:
      '“no driver bound to device; cannot configure SR-IOV”, or “No such file or directory” for `sriov_numvfs`; `nomodeset`, or a blacklist of every driver that could make them.',
    confusedWith: '`sriov.pf-on-vfio`: the usual reason. Look there first.',
    fix: 'Load the driver with SR-IOV on the host (`lspci -nnk -s 00:02.0`, `dkms status`), then ask again.',
    sources: ['Linux drivers/pci/iov.c and pci-sysfs.c, sriov_numvfs_store()'],
  },
  'sriov.no-display': {
    title: 'A virtual function has no display outputs',
    meaning:
      'The sockets of the machine stay with the host. A virtual function renders and encodes, and no monitor can ever show it, in firmware neither. Its picture reaches you over the network or through shared memory.',
    evidence: 'A virtual function, and a wish for a picture on a monitor.',
    confusedWith: '`rom.missing` and `opregion.missing`: neither ROM nor OpRegion gives it an output.',
    fix: 'Use RDP, Parsec, Sunshine with a virtual display, or Looking Glass. For a monitor pass the whole iGPU to one VM.',
    sources: ['Intel, documentation of graphics SR-IOV', 'i915-sriov-dkms'],
  },
  'sriov.not-supported': {
    title: 'This iGPU has no SR-IOV',
    meaning:
      'Intel’s client graphics have it from generation 12 on: Alder Lake and later for sure. Older ones never have. Tiger Lake and Rocket Lake make virtual functions under some drivers, and Windows was not seen to work with one.',
    evidence:
      'The iGPU’s device id, its codename or firmware in the kernel’s log, its marketing name, or the processor’s name.',
    confusedWith: '`sriov.driver-broken`: hardware that can, with a driver that cannot.',
    fix: 'Pass the whole device to one VM. Generations 5 to 9 can be shared as mediated devices (GVT-g).',
    sources: ['Linux include/drm/intel/pciids.h', 'i915-sriov-dkms'],
  },
  'sriov.driver-broken': {
    title: 'The host’s driver cannot make virtual functions, or serve them',
    meaning:
      'The kernel’s own i915 has no SR-IOV for these iGPUs; the module that has was not rebuilt for this kernel, or does not fit it. Or the GPU’s firmware did not start under it. Then functions are missing, or are there and get no answer.',
    evidence:
      '“Driver does not support SRIOV configuration”, a failed DKMS build or a `dkms status` of only “added”, the host’s driver that calls the GPU wedged, a guest’s driver without answer.',
    confusedWith:
      '`host.kernel-regression`, where vfio and not the graphics driver is to blame; `guest.driver-missing`, where the guest’s side lacks it.',
    fix: 'Update kernel headers, module and firmware together, look at `dkms status`, or start the kernel for which it was built.',
    sources: ['i915-sriov-dkms', 'Linux drivers/pci/iov.c', 'Linux drivers/gpu/drm/i915/gt/uc/intel_uc.c'],
  },
};
