import type { Examples } from './of-signature.ts';

/** Lines for the tests of `LIBVIRT_START`. */
export const LIBVIRT_START_EXAMPLES: Examples = {
  'virt-no-support': {
    matches: [
      "error: unsupported configuration: host doesn't support passthrough of host PCI devices",
      "error: unsupported configuration: pci backend driver 'default' is not supported",
    ],
    not: [
      'error: Requested operation is not valid: PCI device 0000:00:02.0 is in use by driver QEMU, domain win10',
    ],
  },
  'virt-in-use': {
    matches: [
      'error: Requested operation is not valid: PCI device 0000:00:02.0 is in use by driver QEMU, domain win10',
    ],
    not: ['error: Requested operation is not valid: domain is already running'],
  },
  'virt-bind': {
    matches: [
      "error: Failed to bind PCI device '0000:00:02.0' to vfio-pci: Device or resource busy",
      'error: internal error: Failed to load PCI driver module vfio-pci: modprobe failed',
    ],
    not: [
      'error: internal error: Unable to reset PCI device 0000:00:1f.3: no FLR, PM reset or bus reset available',
    ],
  },
  'virt-reset': {
    matches: [
      'error: internal error: Unable to reset PCI device 0000:00:1f.3: internal error: Active 0000:00:1f.0 devices on bus',
    ],
    not: ["error: Failed to bind PCI device '0000:00:02.0' to vfio-pci: Device or resource busy"],
  },
  'virt-duplicate': {
    matches: [
      'XML error: Hostdev already exists in the domain configuration',
      'error: operation failed: host device is already in the domain configuration',
    ],
    not: ['error: operation failed: domain already exists with uuid'],
  },
  'virt-no-device': {
    matches: [
      'error: Device 0000:00:02.1 not found: could not access /sys/bus/pci/devices/0000:00:02.1/config: No such file or directory',
    ],
    not: ['error: device not found: no target device vda'],
  },
  'virt-slot': {
    matches: ['error: XML error: Attempted double use of PCI Address 0000:00:02.0'],
    not: [
      'error: Requested operation is not valid: PCI device 0000:00:02.0 is in use by driver QEMU, domain win10',
    ],
  },
  'virt-monitor': {
    matches: [
      'error: internal error: qemu unexpectedly closed the monitor: 2026-01-01T00:00:00.000000Z qemu-system-x86_64: -device vfio-pci',
    ],
    not: ['error: Failed to start domain win10'],
  },
};
