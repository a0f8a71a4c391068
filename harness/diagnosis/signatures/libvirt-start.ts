import type { Signature } from '../signature.ts';
import { fix, inBios, inVm, onHost } from './fix.ts';
import { inUseByVm } from './in-use.ts';
import { certain, refusal } from './severity.ts';

const HOSTDEV = 'libvirt, src/hypervisor/virhostdev.c and src/util/virpci.c';

/** libvirt: what it says when it prepares a passed device. */
export const LIBVIRT_START: readonly Signature[] = [
  {
    id: 'virt-no-support',
    emitters: ['libvirt'],
    literals: [
      "host doesn't support",
      "pci backend driver 'default' is not supported",
      'VFIO device assignment is not supported',
      'missing IOMMU group',
    ],
    pattern:
      /host doesn't support (?:VFIO PCI passthrough|passthrough of host PCI devices|legacy PCI passthrough)|pci backend driver 'default' is not supported|VFIO device assignment is not supported by this version|missing IOMMU group/i,
    means: 'libvirt finds no IOMMU groups, or no vfio: the IOMMU is off, or vfio-pci is not loaded.',
    source: `${HOSTDEV}; src/qemu/qemu_hostdev.c`,
    finding: {
      id: 'host.iommu-off',
      title: 'The host offers no passthrough: its IOMMU is off, or vfio is not loaded',
      severity: refusal,
      fix: fix(
        'Passthrough needs the IOMMU and vfio.',
        HOSTDEV,
        inBios('Enable VT-d'),
        onHost('Add intel_iommu=on to the kernel command line, load vfio-pci, restart'),
      ),
    },
  },
  {
    id: 'virt-in-use',
    emitters: ['libvirt'],
    literals: ['is in use by driver', 'is already in use by'],
    pattern:
      /PCI device (?<device>[0-9a-f:]{7,12}\.[0-7]) is (?:already )?in use by (?:driver \w{1,20}, )?domain (?<domain>\S{1,80})/i,
    means: 'Another VM has the device, or libvirt still thinks so.',
    source: HOSTDEV,
    finding: inUseByVm(HOSTDEV, 'domain', (domain) => `virsh shutdown ${domain}`),
  },
  {
    id: 'virt-bind',
    emitters: ['libvirt'],
    literals: ['bind PCI device', 'Failed to load PCI driver', 'Failed to add PCI device ID'],
    pattern:
      /Failed to (?:un)?bind PCI device '?(?<device>[0-9a-f:]{7,12}\.[0-7])|Failed to load PCI driver module (?<module>[\w-]{1,30})|Failed to add PCI device ID '(?<id>[^']{1,20})' to vfio-pci/,
    means: 'libvirt could not take the device from its driver or give it to vfio-pci.',
    source: HOSTDEV,
    finding: {
      id: 'host.device-busy',
      title: 'The host did not let the device go to vfio-pci',
      severity: refusal,
      fix: fix(
        'A driver that never loads holds nothing. Not for a host that makes VFs.',
        HOSTDEV,
        onHost(
          "printf 'blacklist i915\\nblacklist xe\\n' > /etc/modprobe.d/igpu.conf, rebuild the initramfs, restart",
        ),
      ),
      collect: ['lspci -nnk', 'The kernel log of the host at the moment of the start'],
    },
  },
  {
    id: 'virt-reset',
    emitters: ['libvirt'],
    literals: ['Unable to reset PCI device'],
    pattern: /Unable to reset PCI device (?<device>[0-9a-f:]{7,12}\.[0-7])/,
    means: 'libvirt’s own reset of a device did not work. With vfio it is not needed.',
    source: HOSTDEV,
    finding: {
      id: 'host.reset-failed',
      title: 'libvirt could not reset the device',
      severity: refusal,
      confidence: () => 'possible',
    },
  },
  {
    id: 'virt-duplicate',
    emitters: ['libvirt'],
    literals: ['Hostdev already exists in the domain', 'already in the domain configuration'],
    pattern:
      /[Hh]ostdev already exists in the domain configuration|(?:host |PCI )?device .{0,60}is already in the domain configuration/,
    means: 'The domain’s XML names the same device of the host twice.',
    source: HOSTDEV,
    finding: {
      id: 'config.duplicate-device',
      title: 'The domain has this device already',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'A device is given once.',
        HOSTDEV,
        inVm('virsh edit: keep one <hostdev> with this <source><address>, and remove the other'),
      ),
    },
  },
  {
    id: 'virt-no-device',
    emitters: ['libvirt'],
    literals: [' not found: could not access'],
    pattern: /Device (?<device>[0-9a-f:]{7,12}\.[0-7]) not found: could not access/,
    means: 'The host has no device at this address.',
    source: HOSTDEV,
    finding: {
      id: 'host.device-missing',
      title: 'The host has no device at the address in the config',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'The address must be that of a device that is there; VFs must be made again after every start of the host.',
        HOSTDEV,
        onHost('lspci -nn | grep -iE "vga|display"'),
        inVm('Correct the address in <hostdev>'),
      ),
    },
  },
  {
    id: 'virt-slot',
    emitters: ['libvirt'],
    literals: ['Attempted double use of PCI', 'already in use'],
    pattern:
      /Attempted double use of PCI (?:Address|slot) '?(?<address>[0-9a-f:]{7,12}(?:\.[0-7])?)|PCI address (?<address2>[0-9a-f:]{7,12}\.[0-7]) (?:is )?already in use/i,
    means: 'Two devices of the domain have the same address in the guest.',
    source: 'libvirt, src/conf/domain_addr.c',
    finding: {
      id: 'config.slot-busy',
      title: 'The place in the guest is taken by another device',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'Slot 2 is where the emulated display stands by default.',
        'libvirt, src/conf/domain_addr.c',
        inVm("Set <video><model type='none'/></video>, or give the other device another address"),
      ),
    },
  },
  {
    id: 'virt-monitor',
    emitters: ['libvirt'],
    literals: ['closed the monitor', 'process exited while connecting to monitor'],
    pattern: /qemu unexpectedly closed the monitor|process exited while connecting to monitor/,
    means: 'QEMU ended while it started. The reason stands behind it, or in /var/log/libvirt/qemu/.',
    source: 'libvirt, src/qemu/qemu_process.c',
    finding: null,
  },
];
