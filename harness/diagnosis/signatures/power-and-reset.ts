import type { Signature } from '../signature.ts';
import { isIgpuPlace } from '../subject/address.ts';
import { concerns } from '../subject/passed.ts';
import { works } from '../subject/trouble.ts';
import { fix, onHost } from './fix.ts';
import { breakage, certain, harmless, refusal, suspicion } from './severity.ts';

const awake = fix(
  'A device that is asleep too deeply answers nobody. Keep it awake while nothing uses it.',
  'drivers/vfio/pci, module parameter disable_idle_d3',
  onHost("echo 'options vfio-pci disable_idle_d3=1' > /etc/modprobe.d/vfio-idle.conf && update-initramfs -u"),
  onHost('Switch the host off and on again: a restart does not always reset the device'),
);

/** Kernel and QEMU: power states and resets of a device. */
export const POWER_AND_RESET: readonly Signature[] = [
  {
    id: 'd3-inaccessible',
    emitters: ['host-kernel'],
    literals: ['change power state'],
    pattern:
      /(?<device>[0-9a-f:]{7,12}\.[0-7]): (?:Unable to change power state from (?<from>\S{1,10}) to D0, device inaccessible|can't change power state from (?<from2>\S{1,10}) to D0 \(config space inaccessible\)|[Rr]efused to change power state(?:, currently in D3| \(currently D3| from D3\w{0,5} to D0))/,
    means: 'The device does not wake up: it is asleep or fell off the bus. It does not say why.',
    source: 'drivers/pci/pci.c, pci_power_up(); older wordings of pci_raw_set_power_state()',
    finding: {
      id: 'host.power-state',
      title: 'The device does not wake up from its power state',
      severity: breakage,
      fix: awake,
    },
  },
  {
    id: 'd3-stuck',
    emitters: ['qemu'],
    literals: ['stuck in D3'],
    pattern: /\bvfio: Unable to power on device, stuck in D3/,
    means: 'QEMU could not wake the device.',
    source: 'hw/vfio/pci.c, vfio_pci_pre_reset()',
    finding: {
      id: 'host.power-state',
      title: 'The device does not wake up from its power state',
      severity: refusal,
      fix: awake,
    },
  },
  {
    id: 'pci-assert',
    emitters: ['qemu'],
    literals: ['PCI_NUM_PINS', 'pci_irq_handler'],
    pattern: /\bpci_irq_handler: Assertion `?.{0,60}PCI_NUM_PINS' failed/,
    means: 'The device’s registers read as all ones, so QEMU aborts: it is off or off the bus.',
    source: 'hw/pci/pci.c, pci_irq_handler()',
    finding: {
      id: 'host.power-state',
      title: 'The device does not answer: QEMU reads nonsense from it and aborts',
      severity: refusal,
      fix: awake,
    },
  },
  {
    id: 'flr-pending',
    emitters: ['host-kernel'],
    literals: ['waiting for pending transaction'],
    pattern:
      /(?<device>[0-9a-f:]{7,12}\.[0-7]): timed out waiting for pending transaction; performing (?:function level|AF function level) reset anyway/,
    means:
      'The device was not quiet before its reset. The reset is done all the same; alone it proves nothing.',
    source: 'drivers/pci/pci.c, pcie_flr()',
    finding: null,
  },
  {
    id: 'not-ready',
    emitters: ['host-kernel'],
    literals: ['not ready '],
    pattern:
      /(?<device>[0-9a-f:]{7,12}\.[0-7]): not ready (?<ms>\d{1,7})ms after (?<what>FLR|bus reset|resume|PM D3hot->D0|D3cold->D0); giving up/,
    means: 'The device did not come back from a reset.',
    source: 'drivers/pci/pci.c, pci_dev_wait()',
    finding: {
      id: 'host.reset-failed',
      title: 'The device did not come back from its reset',
      severity: breakage,
      fix: fix(
        'Only power takes a device out of this.',
        'drivers/pci/pci.c',
        onHost('Switch the host off and on again'),
      ),
    },
  },
  {
    id: 'vfio-reset',
    emitters: ['host-kernel'],
    literals: ['resetting', 'reset done'],
    pattern: /\bvfio-pci (?<device>[0-9a-f:]{7,12}\.[0-7]): (?<what>resetting|reset done)/,
    means: 'The device is reset before use: good.',
    source: 'drivers/vfio/pci/vfio_pci_core.c',
    finding: null,
  },
  {
    id: 'bar-restore',
    emitters: ['host-kernel'],
    literals: ['reset recovery'],
    pattern:
      /\bvfio_bar_restore: (?:(?<device>[0-9a-f:]{7,12}\.[0-7]) )?reset recovery - restoring (?:BARs|bars)/,
    means:
      'The device lost its addresses in a reset and gets them back. Repeated without end: it does not come back.',
    source: 'drivers/vfio/pci/vfio_pci_config.c, vfio_bar_restore()',
    finding: null,
  },
  {
    id: 'no-reset',
    emitters: ['qemu'],
    literals: ['no available reset mechanism'],
    pattern: /\bvfio: Cannot reset device (?<device>[0-9a-f:]{7,12}\.[0-7]), no available reset mechanism/,
    means: 'The device has no reset of its own. Normal for sound at 00:1f.3 and many others.',
    source: 'hw/vfio/pci.c, vfio_pci_hot_reset_multi(); qemu-server',
    finding: {
      id: 'host.no-reset-benign',
      title: 'A passed device without a reset of its own is normal',
      severity: (signals, of) =>
        works(of) || !signals.some((signal) => isGraphics(signal.captures['device'])) ? 'harmless' : 'info',
    },
  },
  {
    id: 'no-reset-group',
    emitters: ['qemu'],
    literals: ['which is not owned'],
    pattern:
      /\bvfio: Cannot reset device (?<device>[0-9a-f:]{7,12}\.[0-7]), depends on group (?<group>\d{1,5}) which is not owned/,
    means:
      'QEMU may not reset the bus because another device on it belongs to somebody else. Mostly without consequence.',
    source: 'hw/vfio/pci.c, vfio_pci_hot_reset()',
    finding: {
      id: 'host.no-reset-benign',
      title: 'A passed device that cannot be reset alone is common',
      severity: harmless,
    },
  },
  {
    id: 'pve-no-reset',
    emitters: ['proxmox'],
    literals: ['failed to reset PCI device', "/reset': Inappropriate ioctl"],
    pattern:
      /failed to reset PCI device '(?<device>[0-9a-f:]{7,12}\.[0-7])'(?:, but trying to continue)?|error writing '1' to '\/sys\/bus\/pci\/devices\/(?<device2>[0-9a-f:]{7,12}\.[0-7])\/reset': (?<why>[\w ]{1,60})/,
    means: 'Proxmox could not reset the device and goes on. Normal for devices without a reset of their own.',
    source: 'qemu-server, PCI.pm, prepare_pci_device()',
    finding: {
      id: 'host.no-reset-benign',
      title: 'Proxmox goes on where a device cannot be reset',
      severity: (signals, of) =>
        signals.some((signal) => concerns(of, signal, 'start')) ? 'harmless' : null,
      confidence: certain,
    },
  },
  {
    id: 'nic-down',
    emitters: ['host-kernel'],
    literals: ['Link is Down'],
    pattern:
      /\b(?<driver>e1000e?|igb|igc|ixgbe|i40e|ice|tg3|r81\d\d|bnx2x?|atlantic|mlx\d_core) (?<device>[0-9a-f:]{7,12}\.[0-7])(?: (?<interface>[\w.-]{1,20}))?: .{0,40}Link is Down/i,
    means:
      'A network card lost its link. That alone is a cable; where vfio-pci takes the card then, it is the VM.',
    source: 'drivers/net/ethernet/realtek/r8169_main.c; drivers/net/phy/phy.c',
    finding: null,
  },
  {
    id: 'nic-removed',
    emitters: ['host-kernel'],
    literals: [': removed PHC', ' (unregistering)'],
    pattern:
      /\b(?<driver>e1000e?|igb|igc|ixgbe|i40e|ice|tg3|r81\d\d|r8169|bnx2x?|atlantic|mlx\d_core) (?<device>[0-9a-f:]{7,12}\.[0-7]) (?<interface>[\w.-]{1,20})(?: \(unregistering\))?: (?:removed PHC|left \w{1,20} mode)/,
    means:
      'A network card of the host was taken from its driver, as happens to all devices of a group that goes to a VM.',
    source: 'drivers/net/ethernet/intel/e1000e/ptp.c; net/core/dev.c',
    finding: null,
  },
  {
    id: 'aer',
    emitters: ['host-kernel'],
    literals: ['PCIe Bus Error: severity=', ': AER: '],
    pattern:
      /(?<device>[0-9a-f:]{7,12}\.[0-7]): (?:PCIe Bus Error: severity=(?<severity>[\w ()-]{1,40})|AER: .{0,60}(?<kind>Corrected|Uncorrect(?:able|ed)).{0,40})/,
    means: 'The link of some PCIe device has errors; an iGPU has no link. Corrected ones cost nothing.',
    source: 'drivers/pci/pcie/aer.c',
    finding: {
      id: 'host.collateral-device',
      title: 'PCIe errors of a device',
      severity: (signals, of) => (suspicion(signals, of) === 'warning' ? 'warning' : null),
    },
  },
];

function isGraphics(address: string | undefined): boolean {
  return address !== undefined && isIgpuPlace(address);
}
