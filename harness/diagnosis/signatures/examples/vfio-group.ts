import type { Examples } from './of-signature.ts';

/** Lines for the tests of `VFIO_GROUP`. */
export const VFIO_GROUP_EXAMPLES: Examples = {
  'not-viable': {
    matches: [
      'kvm: -device vfio-pci,host=0000:00:1f.3: vfio 0000:00:1f.3: group 10 is not viable',
      'kvm: vfio: error, group 1 is not viable, please ensure all devices within the iommu_group are bound to their vfio bus driver.',
    ],
    not: ['Please ensure all devices within the iommu_group are bound to their vfio bus driver.'],
  },
  'vfio-open-busy': {
    matches: [
      'kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: failed to open /dev/vfio/0: Device or resource busy',
      "qemu-system-x86_64: Could not open '/dev/vfio/1': Device or resource busy",
    ],
    not: [
      'kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: failed to open /dev/vfio/0: Permission denied',
    ],
  },
  'vfio-open-denied': {
    matches: [
      'qemu-system-x86_64: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: failed to open /dev/vfio/0: Permission denied',
    ],
    not: ['kvm: vfio 0000:00:02.0: failed to open /dev/vfio/0: Device or resource busy'],
  },
  'vfio-open-none': {
    matches: [
      'qemu-system-x86_64: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: failed to open /dev/vfio/0: No such file or directory',
    ],
    not: ['qemu-system-x86_64: vfio 0000:00:02.0: no iommu_group found: No such file or directory'],
  },
  'vfio-no-group': {
    matches: [
      'qemu-system-x86_64: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: no iommu_group found: No such file or directory',
    ],
    not: ['kvm: vfio 0000:00:02.0: failed to open /dev/vfio/0: No such file or directory'],
  },
  'vfio-no-device': {
    matches: [
      'qemu-system-x86_64: -device vfio-pci,host=0000:00:02.1: vfio 0000:00:02.1: no such host device: No such file or directory',
    ],
    not: ['qemu-system-x86_64: vfio 0000:00:02.0: no iommu_group found: No such file or directory'],
  },
  'dev-from-group': {
    matches: [
      'kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: error getting device from group 0: No such device',
    ],
    not: ['Verify all devices in group 0 are bound to vfio-<bus> or pci-stub and not already in use'],
  },
  container: {
    matches: [
      'kvm: vfio 0000:00:02.0: failed to setup container for group 0: Failed to set iommu for container: Operation not permitted',
      'kvm: vfio: failed to set iommu for container: Operation not permitted',
    ],
    not: ['kvm: vfio 0000:00:02.0: error getting device from group 0: No such device'],
  },
  'already-attached': {
    matches: ['kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: device is already attached'],
    not: ['kvm: vfio 0000:00:02.0: failed to open /dev/vfio/0: Device or resource busy'],
  },
  'mmap-fail': {
    matches: ['kvm: Failed to mmap 0000:00:02.0 BAR 2. Performance may be slow'],
    not: ['kvm: vfio: Error reading device ROM: Input/output error'],
  },
};
