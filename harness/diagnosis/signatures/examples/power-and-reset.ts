import type { Examples } from './of-signature.ts';

/** Lines for the tests of `POWER_AND_RESET`. */
export const POWER_AND_RESET_EXAMPLES: Examples = {
  'nic-down': {
    matches: [
      'r8169 0000:02:00.0 enp2s0: Link is Down',
      'e1000e 0000:00:1f.6 eno1: NIC Link is Down',
      'igc 0000:03:00.0 enp3s0: NIC Link is Down',
    ],
    not: ['r8169 0000:02:00.0 enp2s0: Link is Up - 1Gbps/Full - flow control rx/tx'],
  },
  'nic-removed': {
    matches: [
      'e1000e 0000:00:1f.6 eno1: removed PHC',
      'igc 0000:03:00.0 enp3s0 (unregistering): left promiscuous mode',
    ],
    not: ['e1000e 0000:00:1f.6 eno1: NIC Link is Down'],
  },
  'd3-inaccessible': {
    matches: [
      'vfio-pci 0000:00:02.0: Unable to change power state from D3cold to D0, device inaccessible',
      "vfio-pci 0000:00:02.0: can't change power state from D3cold to D0 (config space inaccessible)",
      'vfio-pci 0000:00:02.0: Refused to change power state, currently in D3',
      'vfio-pci 0000:00:02.0: refused to change power state from D3hot to D0',
    ],
    not: [
      'pci 0000:00:02.0: PME# supported from D0 D3hot D3cold',
      'vfio-pci 0000:00:02.0: Refused to change power state from D0 to D3hot',
    ],
  },
  'd3-stuck': {
    matches: ['kvm: vfio: Unable to power on device, stuck in D3'],
    not: ['kvm: vfio: Cannot reset device 0000:00:1f.3, no available reset mechanism.'],
  },
  'pci-assert': {
    matches: [
      "kvm: ../hw/pci/pci.c:1654: pci_irq_handler: Assertion `0 <= irq_num && irq_num < PCI_NUM_PINS' failed.",
    ],
    not: ['kvm: vfio: Unable to power on device, stuck in D3'],
  },
  'flr-pending': {
    matches: [
      'vfio-pci 0000:00:02.0: timed out waiting for pending transaction; performing function level reset anyway',
    ],
    not: ['vfio-pci 0000:00:02.0: not ready 1023ms after FLR; waiting'],
  },
  'not-ready': {
    matches: ['vfio-pci 0000:03:00.0: not ready 65535ms after bus reset; giving up'],
    not: ['vfio-pci 0000:03:00.0: not ready 1023ms after bus reset; waiting'],
  },
  'vfio-reset': {
    matches: ['vfio-pci 0000:00:02.0: resetting', 'vfio-pci 0000:00:02.0: reset done'],
    not: ['i915 0000:00:02.0: [drm] Resetting chip for hang on rcs0'],
  },
  'bar-restore': {
    matches: [
      'vfio-pci 0000:00:02.0: vfio_bar_restore: reset recovery - restoring BARs',
      'vfio_bar_restore: 0000:01:00.0 reset recovery - restoring bars',
    ],
    not: ['vfio-pci 0000:00:02.0: reset done'],
  },
  'no-reset': {
    matches: ['kvm: vfio: Cannot reset device 0000:00:1f.3, no available reset mechanism.'],
    not: ['kvm: vfio: Cannot reset device 0000:01:00.1, depends on group 15 which is not owned.'],
  },
  'no-reset-group': {
    matches: ['kvm: vfio: Cannot reset device 0000:01:00.1, depends on group 15 which is not owned.'],
    not: ['kvm: vfio: Cannot reset device 0000:00:1f.3, no available reset mechanism.'],
  },
  'pve-no-reset': {
    matches: [
      "failed to reset PCI device '0000:00:02.0', but trying to continue as not all devices need a reset",
      "error writing '1' to '/sys/bus/pci/devices/0000:00:02.0/reset': Inappropriate ioctl for device",
    ],
    not: ["error writing '0000:00:02.0' to '/sys/bus/pci/drivers/vfio-pci/bind': Device or resource busy"],
  },
  aer: {
    matches: [
      'pcieport 0000:00:1c.0: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)',
      'pcieport 0000:00:1c.0: AER: Multiple Corrected error received: 0000:02:00.0',
    ],
    not: ['pcieport 0000:00:1c.0: AER: enabled with IRQ 122'],
  },
};
