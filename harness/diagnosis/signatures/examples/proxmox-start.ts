import type { Examples } from './of-signature.ts';

/** Lines for the tests of `PROXMOX_START`. */
export const PROXMOX_START_EXAMPLES: Examples = {
  'pve-legacy-vga': {
    matches: ["legacy IGD assignment requires VGA mode to be 'none'"],
    not: ['q35 machine model is not enabled'],
  },
  'pve-legacy-rombar': {
    matches: ['legacy IGD assignment requires rombar to be enabled'],
    not: ['q35 machine model is not enabled'],
  },
  'pve-legacy-x-vga': {
    matches: ['legacy IGD assignment is not compatible with x-vga'],
    not: ['q35 machine model is not enabled'],
  },
  'pve-legacy-mdev': {
    matches: ['legacy IGD assignment is not compatible with mdev'],
    not: ['q35 machine model is not enabled'],
  },
  'pve-legacy-q35': {
    matches: ['legacy IGD assignment is not compatible with q35'],
    not: ['q35 machine model is not enabled'],
  },
  'pve-legacy-multi': {
    matches: ['legacy IGD assignment is not compatible with multifunction devices'],
    not: ['q35 machine model is not enabled'],
  },
  'pve-legacy-alternate': {
    matches: ['legacy IGD assignment is not compatible with alternate devices'],
    not: ['q35 machine model is not enabled'],
  },
  'pve-legacy-bus': {
    matches: ['legacy IGD assignment only works for devices on host bus 00:02.0'],
    not: ['q35 machine model is not enabled'],
  },
  'pve-legacy-second': {
    matches: ['only one device can be assigned in legacy-igd mode'],
    not: ['q35 machine model is not enabled'],
  },
  'pve-pcie-i440fx': {
    matches: ['q35 machine model is not enabled at /usr/share/perl5/PVE/QemuServer/PCI.pm line 510.'],
    not: ['legacy IGD assignment is not compatible with q35'],
  },
  'pve-machine': {
    matches: ["vm 205 - unable to parse value of 'machine' - format error"],
    not: ["vm 205 - unable to parse value of 'cpu' - format error"],
  },
  'pve-no-device': {
    matches: [
      "no PCI device found for '0000:00:07.0'",
      "TASK ERROR: no pci device info for device '0000:00:02.1'",
      "PCI device mapping not found for 'nosuch'",
    ],
    not: ["PCI device '0000:00:02.0' already in use by VMID '112'"],
  },
  'pve-no-iommu': {
    matches: ['TASK ERROR: cannot prepare PCI pass-through, IOMMU not present'],
    not: ['DMAR: IOMMU enabled'],
  },
  'pve-in-use': {
    matches: ["TASK ERROR: PCI device '0000:00:02.0' already in use by VMID '112'"],
    not: ["device '0000:00:02.0' assigned more than once"],
  },
  'pve-twice': {
    matches: ["device '0000:00:02.0' assigned more than once"],
    not: ["PCI device '0000:00:02.0' already in use by VMID '112'"],
  },
  'pve-bind': {
    matches: [
      "can't unbind/bind PCI group to VFIO '0000:00:02.0'",
      'TASK ERROR: Cannot bind 0000:00:02.0 to vfio',
      "error writing '0000:00:02.0' to '/sys/bus/pci/drivers/vfio-pci/bind': Device or resource busy",
      "error writing '8086 46a6' to '/sys/bus/pci/drivers/vfio-pci/new_id': Invalid argument",
    ],
    not: ["error writing '1' to '/sys/bus/pci/devices/0000:00:02.0/reset': Inappropriate ioctl for device"],
  },
  'pve-no-vfio': { matches: ['Cannot find vfio-pci module!'], not: ['Cannot bind 0000:00:02.0 to vfio'] },
  'pve-start-failed': {
    matches: [
      'TASK ERROR: start failed: QEMU exited with code 1',
      "start failed: command '/usr/bin/kvm -id 112 -name igpu' failed: got timeout",
    ],
    not: ['TASK OK'],
  },
};
