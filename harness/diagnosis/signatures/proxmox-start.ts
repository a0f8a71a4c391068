import type { FindingId } from '../finding-id.ts';
import type { Signature } from '../signature.ts';
import { fix, inBios, inVm, onHost } from './fix.ts';
import { inUseByVm } from './in-use.ts';
import { certain, heldByGraphics, refusal } from './severity.ts';

const PCI_PM = 'qemu-server, PVE/QemuServer/PCI.pm';

/** Proxmox: what it says when it prepares a passed device. */
export const PROXMOX_START: readonly Signature[] = [
  legacyConflict(
    'vga',
    "legacy IGD assignment requires VGA mode to be 'none'",
    'config.vga-not-none',
    'Set vga: none',
  ),
  legacyConflict(
    'rombar',
    'legacy IGD assignment requires rombar to be enabled',
    'config.legacy-conflict',
    'Remove rombar=0',
  ),
  legacyConflict(
    'x-vga',
    'legacy IGD assignment is not compatible with x-vga',
    'config.legacy-conflict',
    'Remove x-vga=1 (Primary GPU)',
  ),
  legacyConflict(
    'mdev',
    'legacy IGD assignment is not compatible with mdev',
    'config.legacy-conflict',
    'Remove mdev=, or legacy-igd=1',
  ),
  legacyConflict(
    'q35',
    'legacy IGD assignment is not compatible with q35',
    'config.legacy-on-q35',
    'Set machine: pc, and remove pcie=1',
  ),
  legacyConflict(
    'multi',
    'legacy IGD assignment is not compatible with multifunction devices',
    'config.legacy-conflict',
    'Write 0000:00:02.0 instead of 0000:00:02',
  ),
  legacyConflict(
    'alternate',
    'legacy IGD assignment is not compatible with alternate devices',
    'config.legacy-conflict',
    'Name one device only',
  ),
  legacyConflict(
    'bus',
    'legacy IGD assignment only works for devices on host bus 00:02.0',
    'config.legacy-conflict',
    'Pass 0000:00:02.0, or remove legacy-igd=1',
  ),
  legacyConflict(
    'second',
    'only one device can be assigned in legacy-igd mode',
    'config.legacy-conflict',
    'Keep legacy-igd=1 on one hostpci only',
  ),
  {
    id: 'pve-pcie-i440fx',
    emitters: ['proxmox'],
    literals: ['q35 machine model is not enabled'],
    pattern: /\bq35 machine model is not enabled/,
    means: 'pcie=1 needs the machine type q35.',
    source: PCI_PM,
    finding: {
      id: 'config.pcie-needs-q35',
      title: 'pcie=1 is set on a VM that is not q35',
      // A machine type that Proxmox cannot read counts as none, that is as i440fx.
      severity: (signals, of) => (of.signals.has('pve-machine') ? 'info' : refusal(signals, of)),
      confidence: certain,
      fix: fix(
        'i440fx has no PCIe.',
        PCI_PM,
        inVm('Remove pcie=1 from the hostpci line, or set machine: q35'),
      ),
    },
  },
  {
    id: 'pve-machine',
    emitters: ['proxmox'],
    literals: ["unable to parse value of 'machine'"],
    pattern: /unable to parse value of 'machine'/,
    means: 'The machine type in the config is no word that Proxmox knows, so it takes none: i440fx.',
    source: 'pve-common, PVE/JSONSchema.pm; qemu-server, PVE/QemuServer/Machine.pm',
    finding: {
      id: 'config.machine-unknown',
      title: 'Proxmox does not know this machine type',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'A typing mistake makes the VM an i440fx.',
        'pve-common, PVE/JSONSchema.pm',
        inVm('machine: q35   # or pc; with a version: pc-q35-10.0, pc-i440fx-10.0'),
      ),
    },
  },
  {
    id: 'pve-no-device',
    emitters: ['proxmox'],
    literals: ['no PCI device found for', 'no pci device info for device', 'PCI device mapping'],
    pattern:
      /no (?:PCI device found for|pci device info for device) '(?<device>[0-9a-f:.]{5,12})'|PCI device mapping (?<what>not found for|invalid)/,
    means: 'The host has no device at this address: switched off, renumbered, or a VF that was not made.',
    source: PCI_PM,
    finding: {
      id: 'host.device-missing',
      title: 'The host has no device at the address in the config',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'The address must be that of a device that is there; VFs must be made again after every start of the host.',
        PCI_PM,
        onHost('lspci -nn | grep -iE "vga|display"'),
      ),
      collect: ['lspci -nnk'],
    },
  },
  {
    id: 'pve-no-iommu',
    emitters: ['proxmox'],
    literals: ['IOMMU not present'],
    pattern: /cannot prepare PCI pass-through, IOMMU not present/,
    means: 'The host has no IOMMU groups: VT-d is off in the firmware or in the kernel.',
    source: PCI_PM,
    finding: {
      id: 'host.iommu-off',
      title: 'The host’s IOMMU is off',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'Passthrough needs the IOMMU.',
        PCI_PM,
        inBios('Enable VT-d'),
        onHost('Add intel_iommu=on to the kernel command line and restart'),
      ),
    },
  },
  {
    id: 'pve-in-use',
    emitters: ['proxmox'],
    literals: ['already in use by VMID'],
    pattern: /PCI device '(?<device>[0-9a-f:.]{5,12})' already in use by VMID '(?<vmid>\d{1,10})'/,
    means: 'Another VM has the device.',
    source: `${PCI_PM}, reserve_pci_usage()`,
    finding: inUseByVm(PCI_PM, 'vmid', (vmid) => `qm stop ${vmid}`),
  },
  {
    id: 'pve-twice',
    emitters: ['proxmox'],
    literals: ['assigned more than once'],
    pattern: /device '(?<device>[0-9a-f:.]{5,12})' assigned more than once/,
    means: 'Two hostpci lines of the VM name one device.',
    source: PCI_PM,
    finding: {
      id: 'config.duplicate-device',
      title: 'The VM gets the device twice',
      severity: refusal,
      confidence: certain,
    },
  },
  {
    id: 'pve-bind',
    emitters: ['proxmox'],
    literals: ['PCI group to VFIO', 'Cannot bind ', "' to '/sys/bus/pci/"],
    pattern:
      /can't unbind\/bind PCI group to VFIO '(?<device>[0-9a-f:.]{5,12})'|Cannot bind (?<device2>[0-9a-f:.]{5,12}) to vfio|error writing '[^']{1,40}' to '\/sys\/bus\/pci\/(?:drivers\/[\w-]{1,30}\/(?:bind|unbind|new_id)|devices\/[0-9a-f:.]{5,12}\/driver\/unbind)': (?<why>[\w ]{1,60})/,
    means:
      'Proxmox could not take the device from its driver or give it to vfio-pci: something on the host uses it.',
    source: `${PCI_PM}; pve-common, PVE/SysFSTools.pm`,
    finding: {
      id: 'host.device-busy',
      title: 'The host did not let the device go to vfio-pci',
      severity: (signals, of) => (heldByGraphics(of) ? null : refusal(signals, of)),
      fix: fix(
        'A driver that never loads holds nothing. Not for a host that makes VFs.',
        PCI_PM,
        onHost(
          "printf 'blacklist i915\\nblacklist xe\\n' > /etc/modprobe.d/igpu.conf && update-initramfs -u, then restart",
        ),
      ),
      collect: ['lspci -nnk', 'The kernel log of the host at the moment of the start'],
    },
    also: {
      id: 'host.driver-bound',
      title: 'The host’s own graphics driver holds the device and does not let it go',
      severity: (signals, of) => (heldByGraphics(of) ? refusal(signals, of) : null),
      confidence: certain,
      fix: fix(
        'A driver that never loads holds nothing. Not for a host that makes VFs.',
        PCI_PM,
        onHost(
          "printf 'blacklist i915\\nblacklist xe\\n' > /etc/modprobe.d/igpu.conf && update-initramfs -u, then restart",
        ),
      ),
    },
  },
  {
    id: 'pve-no-vfio',
    emitters: ['proxmox'],
    literals: ['Cannot find vfio-pci module'],
    pattern: /Cannot find vfio-pci module!/,
    means: 'The kernel module vfio-pci is not loaded and cannot be.',
    source: 'pve-common, PVE/SysFSTools.pm',
    finding: {
      id: 'host.driver-bound',
      title: 'The host has no vfio-pci',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'Passthrough goes through vfio-pci.',
        'PVE/SysFSTools.pm',
        onHost('modprobe vfio-pci; echo vfio-pci > /etc/modules-load.d/vfio.conf'),
      ),
    },
  },
  {
    id: 'pve-start-failed',
    emitters: ['proxmox'],
    literals: ['start failed: '],
    pattern:
      /\bstart failed: (?:QEMU exited with code (?<code>\d{1,3})|command '\/usr\/bin\/kvm .{0,900}failed: (?<why>exit code \d{1,3}|got timeout|got signal \d{1,2}))/,
    means: 'The VM did not start. The reason stands in the lines before.',
    source: 'qemu-server, PVE/QemuServer.pm',
    finding: null,
  },
];

function legacyConflict(id: string, text: string, finding: FindingId, change: string): Signature {
  return {
    id: `pve-legacy-${id}`,
    emitters: ['proxmox'],
    literals: [text],
    // The texts hold no character that means something in a pattern but the dots of an address.
    pattern: new RegExp(text.replaceAll('.', String.raw`\.`)),
    means:
      'The config asks for legacy mode together with something that it does not go with; the VM does not start.',
    source: PCI_PM,
    finding: {
      id: finding,
      title: `Proxmox refuses the config: ${text}`,
      severity: refusal,
      confidence: certain,
      fix: fix('Legacy mode has its conditions.', PCI_PM, inVm(change)),
    },
  };
}
