import type { EntriesOf } from './entry.ts';

/** The machine that the VM runs on: its firmware, its kernel, its other devices. */
export const HOST: EntriesOf<'host'> = {
  'host.iommu-off': {
    title: 'The host’s IOMMU is off',
    meaning:
      'The IOMMU (VT-d) keeps a passed device within the memory of its guest. Without it no device can be given away. It is off in the firmware, off on the kernel’s command line, or left out for graphics alone (`igfx_off`).',
    evidence:
      'Proxmox’ “IOMMU not present”, vfio’s “no iommu group”, or `/sys/kernel/iommu_groups` being empty. “DMAR: IOMMU enabled” is no proof that it is on: only groups are.',
    confusedWith: '`host.irq-remap-missing`: the IOMMU runs, one part of it is missing.',
    fix: 'Switch VT-d on in the BIOS, add `intel_iommu=on` to the kernel’s command line, restart, and look into `/sys/kernel/iommu_groups`.',
    sources: [
      'Linux Documentation/arch/x86/iommu.rst',
      'Linux drivers/vfio/vfio.c',
      'qemu-server PVE/QemuServer/PCI.pm',
    ],
  },
  'host.irq-remap-missing': {
    title: 'The host does not remap interrupts',
    meaning:
      'Without interrupt remapping a guest could make its device raise any interrupt on the host, so vfio refuses the device. Old platforms lack it; on others a setting of the BIOS or a missing x2APIC is the reason.',
    evidence:
      'vfio’s “No interrupt remapping support”; QEMU’s “failed to setup container … Operation not permitted” goes with it.',
    confusedWith: '`host.rmrr` and `host.permission`: other reasons for “Operation not permitted”.',
    fix: 'Look for it in the BIOS (VT-d, x2APIC). If the platform has none and you trust the guest: `options vfio_iommu_type1 allow_unsafe_interrupts=1`.',
    sources: ['Linux drivers/vfio/vfio_iommu_type1.c'],
  },
  'host.group-not-viable': {
    title: 'Another device of the same IOMMU group is held by the host',
    meaning:
      'Devices of one group cannot be kept apart from each other, so all of them go to the VM or to no driver. Here one is still with a driver of the host. The iGPU itself is nearly always alone in its group: mostly it is about a device passed along, such as sound.',
    evidence: 'QEMU’s “group … is not viable”. Which device it is shows below `/sys/kernel/iommu_groups`.',
    confusedWith: '`host.device-busy`: there the device itself is in use.',
    fix: 'Pass or unbind every device of the group (bridges excepted), or leave that device out. `pcie_acs_override` splits groups at the price of safety.',
    sources: ['Linux Documentation/driver-api/vfio.rst', 'QEMU hw/vfio/container.c'],
  },
  'host.device-busy': {
    title: 'The device is in use on the host',
    meaning:
      'Another VM has it, an ended VM has not let go, or something on the host uses it: a desktop, a console, a container, virtual functions that exist. So it cannot be given to this VM.',
    evidence:
      'Proxmox’ “already in use by VMID”, libvirt’s “in use by”, “Device or resource busy”, or a failed change of driver.',
    confusedWith:
      '`host.group-not-viable`, `config.slot-busy`, and `host.kernel-regression` where the word is “Permission denied” for a virtual function.',
    fix: 'Stop the other VM, or what uses the device on the host. What vfio-pci should have from boot on needs its id with `vfio-pci`, before i915 and xe.',
    sources: [
      'qemu-server PVE/QemuServer/PCI.pm',
      'Linux drivers/vfio/pci/vfio_pci_core.c',
      'libvirt src/hypervisor/virhostdev.c',
    ],
  },
  'host.device-missing': {
    title: 'The host has no device at the address in the config',
    meaning:
      'The iGPU is switched off (some boards do that once a card is plugged in), the address has changed after a card was added, or a virtual function was not made since the last start of the host. The VM cannot start with an address where nothing is.',
    evidence: 'Proxmox’ “no PCI device found”, QEMU’s “no such host device”; `lspci -D` on the host.',
    confusedWith: '`host.driver-bound`: the device is there, with another driver.',
    fix: 'Compare with `lspci -D`. Switch the iGPU on in the BIOS, correct the address, or make the virtual functions at each boot.',
    sources: ['QEMU hw/vfio/pci.c, vfio_realize()', 'qemu-server PVE/QemuServer/PCI.pm'],
  },
  'host.driver-bound': {
    title: 'The device is not with vfio-pci',
    meaning:
      'Only vfio-pci hands a device to a VM. i915 or xe still have it, or vfio-pci is not loaded. Proxmox and libvirt change drivers when the VM starts; QEMU by itself does not. Where a desktop of the host uses the device at that moment, the host may go down with it.',
    evidence:
      '`Kernel driver in use` of `lspci -nnk` at the start of the VM; QEMU’s “Could not open … No such file or directory” for the group.',
    confusedWith:
      'Normal work: with Proxmox the host’s driver may hold the device until the VM starts, and with virtual functions it must.',
    fix: 'Load vfio-pci early (`softdep i915 pre: vfio-pci`, ids of the device), or blacklist i915 and xe where the host needs no graphics.',
    sources: ['Linux Documentation/driver-api/vfio.rst', 'pve-common PVE/SysFSTools.pm'],
  },
  'host.framebuffer-holds-bar': {
    title: 'The host’s boot screen still owns memory of the iGPU',
    meaning:
      'The firmware’s screen is taken over by the kernel as a simple framebuffer (BOOTFB, efifb, simplefb), which claims a part of the iGPU’s memory. vfio cannot reserve it, QEMU cannot map it, and the display mostly stays dark.',
    evidence:
      'vfio-pci’s “BAR 2: can’t reserve”, QEMU’s “Failed to mmap … BAR”; the owner stands in `/proc/iomem`.',
    confusedWith: '`host.dma-faults`, which can follow from it.',
    fix: 'Add `initcall_blacklist=sysfb_init` to the host’s kernel command line (older kernels: `video=efifb:off,vesafb:off`), and restart.',
    sources: [
      'Linux drivers/pci/pci.c, __pci_request_region()',
      'Linux drivers/firmware/sysfb.c',
      'reports of users',
    ],
  },
  'host.vga-access': {
    title: 'vfio gives no access to the old VGA addresses',
    meaning:
      'Legacy mode and `x-vga=on` need them. `disable_vga=1`, which many guides set, takes them away; so does a kernel without `VFIO_PCI_VGA`, and a device that is no primary display.',
    evidence: 'QEMU’s “failed to enable VGA access” or “VGA region index 8: Invalid argument”.',
    confusedWith: '`host.not-primary`. Without legacy mode the line does not matter.',
    fix: 'Remove `disable_vga=1` from the options of vfio-pci, rebuild the initramfs, restart.',
    sources: ['QEMU hw/vfio/igd.c', 'QEMU hw/vfio/pci.c, vfio_populate_vga()'],
  },
  'host.not-primary': {
    title: 'The iGPU is not the host’s primary display',
    meaning:
      'Many boards set up only the primary display. With another card as the primary one the iGPU has no OpRegion and no stolen memory, and passthrough with a picture lacks what it rests on.',
    evidence:
      'Another graphics card in the host with an OpRegion that is missing. “Video device with shadowed ROM” names the primary display.',
    confusedWith: '`opregion.missing`: what comes of it.',
    fix: 'In the BIOS choose the iGPU as the primary display, and plug a monitor into it while you try.',
    sources: ['QEMU docs/igd-assign.txt', 'Linux arch/x86/pci/fixup.c, pci_fixup_video()'],
  },
  'host.class-not-vga': {
    title: 'The device is not of the class “VGA”',
    meaning:
      'The firmware can make the iGPU a plain display controller (class 0380), as it does with another primary card. QEMU before 10.1 gives the OpRegion and legacy mode to the class VGA (0300) only.',
    evidence: '“Display controller [0380]” in `lspci -nn`, with a QEMU before 10.1.',
    confusedWith: '`host.not-primary`, which is mostly the reason.',
    fix: 'Make the iGPU the primary display in the BIOS, or use QEMU 10.1 or newer.',
    sources: ['QEMU hw/vfio/igd.c, by release'],
  },
  'host.address-width': {
    title: 'The guest uses addresses that the host’s IOMMU does not reach',
    meaning:
      'The guest’s firmware places the device’s memory near the top of what the CPU can address. The IOMMU of many client processors reaches 39 bits only. QEMU before 10.0 refuses the VM; later ones warn, and the device lacks that memory.',
    evidence:
      'QEMU’s “vfio_dma_map … Invalid argument” with an address above two to the power of the IOMMU’s width. Below that it has another reason.',
    confusedWith: '`host.memlock`: the same call fails with “Cannot allocate memory”.',
    fix: 'Limit the guest: `-cpu host,host-phys-bits-limit=39` (libvirt: `<maxphysaddr mode="passthrough" limit="39"/>`), with the width that your IOMMU has.',
    sources: [
      'QEMU hw/vfio/container.c',
      'QEMU documentation of host-phys-bits-limit',
      'Linux drivers/iommu/intel/dmar.c',
    ],
  },
  'host.memlock': {
    title: 'The host cannot lock the VM’s memory',
    meaning:
      'A passed device needs all of the guest’s memory to be held in place. The host has not enough, a limit on locked memory stands in the way, or there are more separate pieces than vfio allows. The VM does not start, or is ended.',
    evidence:
      '“vfio_dma_map … Cannot allocate memory”, “RLIMIT_MEMLOCK exceeded”, or the kernel’s out-of-memory line with the VM’s process.',
    confusedWith: '`config.ballooning`, which neither helps nor harms here.',
    fix: 'Give the VM less memory or the host more; outside of Proxmox and libvirt raise the limit (`ulimit -l`).',
    sources: ['Linux drivers/vfio/vfio_iommu_type1.c', 'QEMU hw/vfio/container.c'],
  },
  'host.permission': {
    title: 'QEMU may not open the device',
    meaning:
      'The file `/dev/vfio/<group>` belongs to root, and the user that QEMU runs as may not open it. It concerns VMs that are started by hand, not those of Proxmox.',
    evidence: 'QEMU’s “Could not open /dev/vfio/…: Permission denied”.',
    confusedWith:
      '`host.kernel-regression`: “Permission denied” for one virtual function after an update of the kernel.',
    fix: 'Give that user the file with a udev rule, or start the VM with libvirt.',
    sources: ['Linux Documentation/driver-api/vfio.rst', 'QEMU hw/vfio/container.c'],
  },
  'host.dma-faults': {
    title: 'The iGPU goes on using memory that it does not own',
    meaning:
      'The IOMMU refuses access after access. As a rule the iGPU still draws a screen from memory that was taken from it: 60 faults a second are a monitor’s rhythm. Nothing is damaged, and the guest’s driver may fail with it.',
    evidence:
      'A stream of “DMAR: [DMA Read …] Request device [00:02.0]”, or “callbacks suppressed” with high numbers, while the VM runs.',
    confusedWith: '`host.dma-faults-handover`: some of them at a start are normal.',
    fix: 'See that nothing of the host draws on the iGPU (`host.framebuffer-holds-bar`), and that the guest has its ROM. A cold start of the host ends what is left over.',
    sources: ['QEMU docs/igd-assign.txt', 'Linux drivers/iommu/intel/dmar.c'],
  },
  'host.dma-faults-handover': {
    title: 'A few DMA faults when the iGPU changes hands are normal',
    meaning:
      'The screen is still being read while its memory goes to the guest. The IOMMU stops it and says so. At the host’s own start the firmware can cause the same.',
    evidence:
      'A small number of such lines at the start of the VM or within seconds of the host’s boot, and none after that.',
    confusedWith: '`host.dma-faults`, which do not end.',
    fix: null,
    sources: ['QEMU docs/igd-assign.txt'],
  },
  'host.rmrr': {
    title: 'The firmware does not let a device go',
    meaning:
      'The firmware keeps a range of memory for the device (RMRR), so the kernel refuses to give it away. Graphics and USB are exempt from that: it is another device of the VM that is meant.',
    evidence:
      'The kernel’s “ineligible for IOMMU domain attach due to platform RMRR requirement”, or “requested this device have a 1:1 IOMMU mapping”, with the device’s address.',
    confusedWith: 'A trouble of the iGPU. Look at the address in the line.',
    fix: 'Leave that device out. Else update the BIOS, or ask the vendor for a setting.',
    sources: ['Linux drivers/iommu/intel/iommu.c, device_rmrr_is_relaxable()', 'Linux drivers/iommu/iommu.c'],
  },
  'host.power-state': {
    title: 'The device does not wake up',
    meaning:
      'Its registers read as all ones: it sleeps deeply, is off, or fell off the bus. QEMU then reads nonsense and may abort. A driver in a guest says that the GPU does not answer.',
    evidence:
      '“Unable to change power state … device inaccessible”, “stuck in D3”, QEMU’s assertion in `pci_irq_handler`.',
    confusedWith: '`host.reset-failed`, which often goes before it.',
    fix: 'Switch the host off and on. Then `options vfio-pci disable_idle_d3=1`, and `echo 0 > /sys/bus/pci/devices/0000:00:02.0/d3cold_allowed`.',
    sources: ['Linux drivers/pci/pci.c', 'QEMU hw/vfio/pci.c'],
  },
  'host.reset-failed': {
    title: 'The device did not come back from its reset',
    meaning:
      'Between two guests the device is reset. Here it stays busy or in a bad state, and the next guest finds it unusable. The first start after the host’s boot works, a later one does not.',
    evidence:
      '“not ready … giving up”; in a guest the GPU’s firmware that does not start. One “waiting” alone is no failure.',
    confusedWith: '`host.no-reset-benign`: a device that has no reset of its own.',
    fix: 'Start the host anew. Shut the guest down rather than stopping it, and leave the device with vfio-pci between starts.',
    sources: ['Linux drivers/pci/pci.c, pci_dev_wait()', 'reports of users'],
  },
  'host.no-reset-benign': {
    title: 'That a passed device cannot be reset is normal',
    meaning:
      'Sound at 00:1f.3 and many other devices have no reset of their own, or share it with another device. QEMU and Proxmox say so and go on.',
    evidence:
      '“no available reset mechanism”, or Proxmox’ “failed to reset PCI device …, but trying to continue”, with a VM that starts.',
    confusedWith: '`host.reset-failed`, where a reset was made and went wrong.',
    fix: null,
    sources: ['QEMU hw/vfio/pci.c', 'qemu-server PVE/QemuServer/PCI.pm'],
  },
  'host.kernel-regression': {
    title: 'It depends on the host’s kernel',
    meaning:
      'The same set-up works with one kernel of the host and not with another. Kernels 6.8.12-12-pve and 6.14.8 are known to refuse every virtual function, network cards included.',
    evidence:
      'A trial with both kernels; or “error getting device from group … Permission denied” for a virtual function with one of those kernels.',
    confusedWith:
      '`host.permission` and `host.device-busy`, which the same lines suggest; `sriov.driver-broken`, where the module was not rebuilt.',
    fix: 'Start the kernel that worked and pin it: `proxmox-boot-tool kernel pin <version>`.',
    sources: ['i915-sriov-dkms, issues 321 and 322', 'the reporter’s trial'],
  },
  'host.bios-settings': {
    title: 'A setting of the host’s BIOS stands in the way',
    meaning:
      'Virtualisation is off, so that there is no KVM, or a setting hides what passthrough needs: VMD moves devices, CSM and the choice of the primary display decide what the iGPU is given. No change of the VM helps against that.',
    evidence: '“Could not access KVM kernel module”, or the setting as you read it in the BIOS.',
    confusedWith: '`host.iommu-off`: VT-x and VT-d are two settings.',
    fix: 'Switch on VT-x and VT-d; the iGPU as the primary display; VMD off. Above-4G decoding and SR-IOV where virtual functions are wanted.',
    sources: ['QEMU docs/igd-assign.txt', 'QEMU accel/kvm/kvm-all.c', 'reports of users'],
  },
  'host.crash': {
    title: 'The host, its graphics driver or KVM crashed',
    meaning:
      'The host’s kernel stopped or hung, its i915 or xe crashed, or KVM ended the VM with an internal error. It is a sign, and its cause stands in the lines before it. Taking the iGPU from a driver that uses it is one way there.',
    evidence: 'A panic, an oops with the driver’s name, “KVM internal error”.',
    confusedWith: 'A host that has only lost its screen: with the iGPU in a VM it has none. Try ssh.',
    fix: 'Keep the log of the boot before (`journalctl -k -b -1`). Try another kernel, newer microcode, and vfio-pci bound from boot on.',
    sources: ['Linux kernel/panic.c', 'QEMU accel/kvm/kvm-all.c', 'reports of users'],
  },
  'host.collateral-device': {
    title: 'Another device of the host is affected',
    meaning:
      'Errors of a PCIe link, of a disk or of a network card stand in the same log. An iGPU has no PCIe link. Where one group went to the VM, a device of it may be missing on the host: network and disks are lost as the VM starts.',
    evidence:
      'The address in the lines: not 00:02.0. Or somebody tells that network or disks go as the VM starts.',
    confusedWith: 'A trouble of the iGPU.',
    fix: 'Pass no device whose group holds one that the host needs (the sound at 00:1f.3 often shares it with the network). Errors that were corrected cost nothing.',
    sources: ['Linux drivers/pci/pcie/aer.c'],
  },
  'host.stolen-memory': {
    title: 'No memory was set aside for the iGPU in the guest',
    meaning:
      'Stolen memory has to be reserved by the guest’s firmware, or by the ROM’s driver. Where neither does it, an older QEMU aborts as soon as the guest uses it, and a newer one leaves the picture dark. From generation 12 on the device keeps the host’s address of a part of it: memory that is reserved elsewhere in the guest lets the picture break.',
    evidence:
      'QEMU’s “Guest attempted to program IGD GTT before BIOS reserved stolen memory”; in the guest “Stolen reserved area … outside stolen memory”, with a picture that breaks or DMA faults on the host.',
    confusedWith: '`config.gms-too-small`: there is some, and it may be too little.',
    fix: 'Use a ROM with IgdAssignmentDxe, and firmware that fits (OVMF with such a ROM; SeaBIOS for old generations).',
    sources: ['QEMU hw/vfio/igd.c', 'QEMU docs/igd-assign.txt'],
  },
};
