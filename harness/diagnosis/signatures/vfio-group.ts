import type { Signature } from '../signature.ts';
import { fix, inBios, inVm, onHost } from './fix.ts';
import { certain, refusal } from './severity.ts';

/** QEMU: getting the device from vfio. */
export const VFIO_GROUP: readonly Signature[] = [
  {
    id: 'not-viable',
    emitters: ['qemu'],
    literals: ['is not viable'],
    pattern: /(?:vfio (?<device>[0-9a-f:]{7,12}\.[0-7]): .{0,80})?\bgroup (?<group>\d{1,5}) is not viable/,
    means:
      'Another device of the same IOMMU group is still held by a driver of the host. It does not say which.',
    source: 'hw/vfio/container.c, vfio_group_get()',
    finding: {
      id: 'host.group-not-viable',
      title: 'Another device of the same IOMMU group is held by the host',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'All devices of a group go together.',
        'hw/vfio/container.c',
        onHost(
          'Bind the other devices of the group to vfio-pci, too (ls /sys/kernel/iommu_groups/<group>/devices)',
        ),
      ),
      collect: ['ls -l /sys/kernel/iommu_groups/*/devices'],
    },
  },
  {
    id: 'vfio-open-busy',
    emitters: ['qemu', 'libvirt'],
    literals: [': Device or resource busy'],
    pattern:
      /(?:vfio (?<device>[0-9a-f:]{7,12}\.[0-7]): )?failed to open \/dev\/vfio\/(?<group>\w{1,20}): Device or resource busy|[Cc]ould not open '?\/dev\/vfio\/(?<group2>\w{1,20})'?: Device or resource busy/,
    means: 'Another process has the group open: a VM that runs already, or one that did not end.',
    source: 'hw/vfio/container.c, vfio_group_get()',
    finding: {
      id: 'host.device-busy',
      title: 'Another process already uses the device',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'A device belongs to one VM at a time.',
        'hw/vfio/container.c',
        onHost('Find it with fuser -v /dev/vfio/*, and stop that VM'),
      ),
    },
  },
  {
    id: 'vfio-open-denied',
    emitters: ['qemu', 'libvirt'],
    literals: [': Permission denied', ': Operation not permitted'],
    pattern:
      /failed to open \/dev\/vfio\/(?<group>\w{1,20}): (?:Permission denied|Operation not permitted)|[Cc]ould not open '?\/dev\/vfio\/(?<group2>\w{1,20})'?: (?:Permission denied|Operation not permitted)/,
    means: 'The user that QEMU runs as may not open the device.',
    source: 'hw/vfio/container.c',
    finding: {
      id: 'host.permission',
      title: 'QEMU may not open the device',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'The user of QEMU needs the right to the group’s file.',
        'hw/vfio/container.c',
        onHost(
          'Run QEMU as root, or give its user /dev/vfio/<group> by a udev rule; in a container pass /dev/vfio',
        ),
      ),
    },
  },
  {
    id: 'vfio-open-none',
    emitters: ['qemu', 'libvirt'],
    literals: [': No such file'],
    pattern:
      /failed to open \/dev\/vfio\/(?<group>\w{1,20}): No such file or directory|[Cc]ould not open '?\/dev\/vfio\/(?<group2>\w{1,20})'?: No such file/,
    means: 'No device of this group is bound to vfio-pci.',
    source: 'hw/vfio/container.c',
    finding: {
      id: 'host.driver-bound',
      title: 'The device is not bound to vfio-pci',
      severity: refusal,
      fix: fix(
        'QEMU can only take what vfio-pci holds.',
        'hw/vfio/container.c',
        onHost(
          'modprobe vfio-pci; driverctl set-override 0000:00:02.0 vfio-pci, or options vfio-pci ids=… in /etc/modprobe.d',
        ),
      ),
      collect: ['lspci -nnk'],
    },
  },
  {
    id: 'vfio-no-group',
    emitters: ['qemu', 'libvirt'],
    literals: ['no iommu_group found', 'no iommu group found'],
    pattern: /(?:vfio:? (?<device>[0-9a-f:]{7,12}\.[0-7]): )?no iommu[_ ]group found/i,
    means: 'The device is in no IOMMU group: the IOMMU is off, or leaves this device out.',
    source: 'hw/vfio/pci.c; hw/vfio/device.c',
    finding: {
      id: 'host.iommu-off',
      title: 'The IOMMU is off for the device',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'Passthrough needs the IOMMU.',
        'hw/vfio/device.c',
        inBios('Enable VT-d'),
        onHost('Add intel_iommu=on to the kernel command line and restart'),
      ),
    },
  },
  {
    id: 'vfio-no-device',
    emitters: ['qemu'],
    literals: ['no such host device', "Could not open '/sys/bus/pci/devices/"],
    pattern:
      /(?:vfio:? (?<device>[0-9a-f:]{7,12}\.[0-7]): )?no such host device|[Cc]ould not open '\/sys\/bus\/pci\/devices\/(?<device2>[0-9a-f:]{7,12}\.[0-7])/,
    means: 'The host has no device at this address: switched off, renumbered, or a VF that was not made.',
    source: 'hw/vfio/pci.c, vfio_realize()',
    finding: {
      id: 'host.device-missing',
      title: 'The host has no device at the address in the config',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'The address must be that of a device that is there.',
        'hw/vfio/pci.c',
        onHost('lspci -nn | grep -iE "vga|display"'),
        inVm('Correct the address; a VF must be made on the host first'),
      ),
    },
  },
  {
    id: 'dev-from-group',
    emitters: ['qemu'],
    literals: ['error getting device from group'],
    pattern:
      /(?:vfio (?<device>[0-9a-f:]{7,12}\.[0-7]): )?error getting device from group (?<group>\d{1,5}): (?<why>.{1,80})/,
    means: 'vfio would not hand the device out. The reason stands at the end and in the kernel log.',
    source: 'hw/vfio/container.c, vfio_device_get()',
    finding: {
      id: 'host.device-busy',
      title: 'vfio did not hand the device out',
      severity: (signals, of) =>
        of.signals.has('d3-inaccessible', 'not-ready') ? null : refusal(signals, of),
      confidence: () => 'possible',
      collect: ['The kernel log of the host at the moment of the start', 'lspci -nnk'],
    },
  },
  {
    id: 'container',
    emitters: ['qemu'],
    literals: ['setup container for group', 'set iommu for container'],
    pattern:
      /failed to (?:setup container for group (?<group>\d{1,5})(?:: (?<why>.{1,200}))?|set iommu for container: (?<why2>.{1,80}))/i,
    means:
      'QEMU could not set up the memory of the device. The reason stands at its end: “Operation not permitted” is missing interrupt remapping or an RMRR.',
    source: 'hw/vfio/container.c, vfio_connect_container()',
    finding: {
      id: 'host.irq-remap-missing',
      title: 'The kernel refuses the IOMMU for this device, as a rule for want of interrupt remapping',
      severity: (signals, of) =>
        of.signals.has('rmrr') || !signals.some(({ message }) => message.includes('Operation not permitted'))
          ? null
          : refusal(signals, of),
      confidence: (_, of) => (of.signals.has('no-irq-remap') ? 'certain' : 'possible'),
      collect: ['The kernel log of the host at the moment of the start'],
    },
  },
  {
    id: 'already-attached',
    emitters: ['qemu'],
    literals: ['is already attached', 'used in multiple address spaces'],
    pattern: /\bdevice is already attached|\bgroup (?<group>\d{1,5}) used in multiple address spaces/,
    means: 'The VM gets the same device twice, or two devices of a group under different virtual IOMMUs.',
    source: 'hw/vfio/container.c',
    finding: { id: 'config.duplicate-device', title: 'The VM gets the device twice', severity: refusal },
  },
  {
    id: 'mmap-fail',
    emitters: ['qemu'],
    literals: ['Performance may be slow'],
    pattern: /Failed to mmap (?<device>\S{1,40}) BAR (?<bar>\d)\. Performance may be slow/,
    means:
      'QEMU could not map this memory of the device, because something on the host owns it. For a display that is mostly fatal; the host’s log says which range.',
    source: 'hw/vfio/pci.c, vfio_pci_reset_handler(); hw/vfio/region.c',
    finding: {
      id: 'host.framebuffer-holds-bar',
      title: 'Something on the host still owns memory of the iGPU',
      severity: (signals, of) => {
        const usual = refusal(signals, of);
        return usual === 'cause' && !of.signals.has('bar-reserve') ? 'contributing' : usual;
      },
      fix: fix(
        'Without a boot framebuffer nothing on the host holds the memory. The host then has no console on this display.',
        'QEMU’s docs/igd-assign.txt',
        onHost('Add initcall_blacklist=sysfb_init to the kernel command line and restart'),
      ),
    },
  },
];
