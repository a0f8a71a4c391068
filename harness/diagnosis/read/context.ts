/** Texts that readers need to see in a log whatever the signatures look for. */
export const CONTEXT: readonly string[] = [
  'Linux version',
  'Command line:',
  'DMI:',
  'Hypervisor detected',
  'Host address width',
  'smpboot: CPU0:',
  '-- Boot ',
  '-- Reboot',
  'starting up libvirt version',
  'qemu version:',
  '/usr/bin/kvm -id',
  '0000:00:02.',
  '[8086:',
  'IOMMU enabled',
  'vgaarb: setting as boot',
  'PCI-DMA: ',
];

/** What only a hypervisor's kernel or its neighbours in the journal say. */
export const HOST_SIGNS: readonly string[] = [
  'vfio-pci 0000:',
  'vmbr',
  'fwbr',
  'pvedaemon',
  'pve-guests',
  'pvestatd',
  'qmeventd',
  'libvirtd',
  'virtqemud',
  '-pve ',
  ' VFs',
];

/** What mostly a host says, but a guest with virtualisation or an IOMMU of its own as well. */
export const HOST_LIKE: readonly string[] = [
  'vfio_',
  'VFIO - User Level',
  'Adding to iommu group',
  'kvm_intel',
  'kvm [',
  'virbr',
];

/** What only a kernel inside a VM says. */
export const GUEST_SIGNS: readonly string[] = [
  'Hypervisor detected: KVM',
  'DMI: QEMU',
  'DMI: Red Hat KVM',
  'paravirtualized kernel on KVM',
  'QEMU Standard PC',
  'virtio_blk virtio',
  'virtio_net virtio',
  'virtio_scsi virtio',
  'virtio-pci 0000:',
  'QEMU HARDDISK',
  'QEMU DVD-ROM',
  'kvm-guest:',
  'kvm-clock',
  'kvm_clock',
  'BOCHS ',
  'BXPC ',
  // An iGPU is at 00:02 of every host; slot 10 and more of a bus is where Proxmox puts what it passes.
  ...['i915', 'xe'].flatMap((driver) =>
    ['00', '01', '02', '03', '04', '05', '06', '07', '08', '09'].map((bus) => `${driver} 0000:${bus}:1`),
  ),
];
