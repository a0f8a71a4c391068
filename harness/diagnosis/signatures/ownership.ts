import type { Signature } from '../signature.ts';
import { fix, onHost } from './fix.ts';
import { breakage, refusal } from './severity.ts';

/** Kernel: who owns the device and its memory. */
export const OWNERSHIP: readonly Signature[] = [
  {
    id: 'bar-reserve',
    emitters: ['host-kernel'],
    literals: ["can't reserve ["],
    pattern:
      /\bvfio-pci (?<device>[0-9a-f:]{7,12}\.[0-7]): BAR (?<bar>\d)(?: \[[^\]]{1,60}\])?: can't reserve \[(?<range>[^\]]{1,60})\]/,
    means:
      'Something else on the host owns this memory of the device, as a rule the boot framebuffer (BOOTFB, efifb, simplefb), so QEMU cannot map it. It does not say who.',
    source: 'drivers/pci/pci.c, __pci_request_region()',
    finding: {
      id: 'host.framebuffer-holds-bar',
      title: 'The host’s boot framebuffer still owns memory of the iGPU',
      severity: breakage,
      fix: fix(
        'Without a boot framebuffer nothing on the host holds the memory. The host then has no console on this display.',
        'user logs; kernel parameters',
        onHost('Add initcall_blacklist=sysfb_init to the kernel command line and restart'),
      ),
      collect: ['grep -iE "bootfb|efifb|simple" /proc/iomem, as root'],
    },
  },
  {
    id: 'bootfb',
    emitters: ['host-kernel'],
    literals: ['BOOTFB', 'assigned to efifb', 'simple-framebuffer', 'simpledrmdrmfb'],
    pattern:
      /(?<range>\b[0-9a-f]{6,16}-[0-9a-f]{6,16}) : (?:BOOTFB|efifb|simple-framebuffer)|(?<device>[0-9a-f:]{7,12}\.[0-7]): BAR (?<bar>\d)\b.{0,60}assigned to efifb|\b(?<fb>simple-framebuffer|simpledrmdrmfb)\b/,
    means:
      'A boot framebuffer uses a display of the host. Normal until the device is given away; it matters where vfio then cannot reserve the memory.',
    source: 'drivers/video/fbdev/efifb.c; /proc/iomem',
    finding: null,
  },
  {
    id: 'vgaarb-take',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['deactivate vga console'],
    pattern: /(?<driver>[\w-]{1,20}) (?<device>[0-9a-f:]{7,12}\.[0-7]): vgaarb: deactivate vga console/,
    means: 'The console gave the device up. Normal.',
    source: 'drivers/pci/vgaarb.c',
    finding: null,
  },
  {
    id: 'vgaarb-decodes',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['VGA decodes'],
    pattern:
      /(?<device>[0-9a-f:]{7,12}\.[0-7]): vgaarb: (?:changed VGA decodes|VGA decodes changed): olddecodes=(?<old>[\w+]{1,20}),decodes=(?<now>[\w+]{1,20}):owns=(?<owns>[\w+]{1,20})/,
    means: 'Who may answer the old VGA addresses changed. Normal; owns=io+mem marks the boot display.',
    source: 'drivers/pci/vgaarb.c',
    finding: null,
  },
  {
    id: 'vgaarb-boot',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['vgaarb: setting as boot'],
    pattern: /(?<device>[0-9a-f:]{7,12}\.[0-7]): vgaarb: setting as boot (?:VGA )?device/,
    means: 'The kernel takes this for the primary display. A later line can overrule it.',
    source: 'drivers/pci/vgaarb.c',
    finding: null,
  },
  {
    id: 'ecap-hide',
    emitters: ['host-kernel'],
    literals: ['hiding ecap', 'hiding cap'],
    pattern: /\bvfio_e?cap_init: (?:\S{1,20} )?hiding e?cap 0x(?<cap>[0-9a-f]{1,4})(?:@0x[0-9a-f]{1,4})?/,
    means: 'A capability of the device is not shown to the guest. Normal.',
    source: 'drivers/vfio/pci/vfio_pci_config.c, vfio_ecap_init()',
    finding: null,
  },
  {
    id: 'vfio-add',
    emitters: ['host-kernel'],
    literals: ['vfio_pci: add ['],
    pattern: /\bvfio_pci: add \[(?<vendor>[0-9a-f]{4}):(?<id>[0-9a-f]{4})\[/,
    means:
      'vfio-pci will take devices with this id when it meets them. It does not prove that it got one: i915 may have been first, or the probe failed.',
    source: 'drivers/vfio/pci/vfio_pci.c, vfio_pci_fill_ids()',
    finding: null,
  },
  {
    id: 'vfio-probe-busy',
    emitters: ['host-kernel'],
    literals: ['failed with error -16'],
    pattern:
      /\bvfio-pci: probe of (?<device>[0-9a-f:]{7,12}\.[0-7]) failed with error -16|\bvfio-pci [0-9a-f:]{7,12}\.[0-7]: probe with driver vfio-pci failed with error -16/,
    means: 'vfio-pci refused a device that is in use, such as a PF whose VFs exist.',
    source: 'drivers/vfio/pci/vfio_pci_core.c; drivers/base/dd.c',
    finding: {
      id: 'host.device-busy',
      title: 'vfio-pci could not take the device: it is in use on the host',
      severity: (signals, of) => (of.signals.has('pf-bind-refused') ? null : refusal(signals, of)),
    },
  },
  {
    id: 'vfio-enable',
    emitters: ['host-kernel'],
    literals: ['enabling device ('],
    pattern:
      /\b(?<driver>vfio-pci|i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): enabling device \([0-9a-f]{4} -> [0-9a-f]{4}\)/,
    means: 'The device is switched on for its driver. Normal; under vfio-pci: a VM opened it.',
    source: 'drivers/pci/setup-res.c, pci_enable_resources()',
    finding: null,
  },
  {
    id: 'host-i915',
    emitters: ['host-kernel'],
    literals: ['Initialized i915', 'Initialized xe'],
    pattern:
      /\[drm\] Initialized (?<driver>i915|xe) [\d.]{1,10}.{0,20} for (?<device>[0-9a-f:]{7,12}\.[0-7]) on minor/,
    means:
      'The host’s own driver took the device. Right for a PF with VFs; for a whole iGPU it must let go again before the VM starts.',
    source: 'drivers/gpu/drm/drm_drv.c, drm_dev_register()',
    finding: null,
  },
];
