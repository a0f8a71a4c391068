import type { Signature } from '../signature.ts';
import { fix, inBios, onHost } from './fix.ts';
import { breakage, certain, refusal } from './severity.ts';

/** Kernel: the IOMMU at boot. */
export const IOMMU: readonly Signature[] = [
  {
    id: 'dmar-on',
    emitters: ['host-kernel'],
    literals: ['DMAR: IOMMU enabled'],
    pattern: /\bDMAR: IOMMU enabled/,
    means:
      'The kernel saw intel_iommu=on. It does not prove that the hardware has an IOMMU that is on: only groups do.',
    source: 'drivers/iommu/intel/iommu.c, intel_iommu_setup()',
    finding: null,
  },
  {
    id: 'dmar-vtd',
    emitters: ['host-kernel'],
    literals: ['Virtualization Technology for Directed I/O'],
    pattern: /\bDMAR: Intel\(R\) Virtualization Technology for Directed I\/O/,
    means: 'DMA remapping runs.',
    source: 'drivers/iommu/intel/iommu.c, intel_iommu_init()',
    finding: null,
  },
  {
    id: 'dmar-off',
    emitters: ['host-kernel'],
    literals: ['DMAR: IOMMU disabled', 'No DMAR devices found', 'DMAR table not found', 'No DMAR table'],
    pattern: /\bDMAR: (?:IOMMU disabled|No DMAR devices found|No DMAR table)|\bDMAR table not found/,
    means: 'There is no IOMMU for the kernel: it is off in the firmware or on the kernel command line.',
    source: 'drivers/iommu/intel/dmar.c and iommu.c',
    finding: {
      id: 'host.iommu-off',
      title: 'The host’s IOMMU is off',
      // A restart may have mended it: a log can hold both boots.
      severity: (signals, of) => (of.signals.has('iommu-group', 'dmar-vtd') ? null : refusal(signals, of)),
      fix: fix(
        'Passthrough needs the IOMMU.',
        'kernel parameters',
        inBios('Enable VT-d'),
        onHost('Add intel_iommu=on to the kernel command line and restart'),
      ),
    },
  },
  {
    id: 'dmar-gfx-off',
    emitters: ['host-kernel'],
    literals: [
      'Disable GFX device mapping',
      'disabling IOMMU for graphics',
      'Disabling IOMMU for graphics on',
    ],
    pattern: /\bDMAR: (?:Disable GFX device mapping|.{0,60}disabling IOMMU for graphics)/i,
    means:
      'The IOMMU leaves the iGPU alone (intel_iommu=igfx_off, or a quirk of the chipset), so the iGPU has no group and cannot be given away.',
    source: 'drivers/iommu/intel/iommu.c',
    finding: {
      id: 'host.iommu-off',
      title: 'The IOMMU is off for the iGPU',
      severity: breakage,
      fix: fix(
        'A device without an IOMMU group cannot be passed.',
        'kernel parameters',
        onHost('Remove igfx_off from intel_iommu= on the kernel command line and restart'),
      ),
    },
  },
  {
    id: 'dmar-skip-gfx',
    emitters: ['host-kernel'],
    literals: ['Skip IOMMU disabling for graphics'],
    pattern: /(?<device>[0-9a-f:]{7,12}\.[0-7]): DMAR: Skip IOMMU disabling for graphics/,
    means: 'The IOMMU stays on for the iGPU: what passthrough needs.',
    source: 'drivers/iommu/intel/iommu.c, quirk_iommu_igfx()',
    finding: null,
  },
  {
    id: 'iommu-group',
    emitters: ['host-kernel'],
    literals: ['to iommu group'],
    pattern: /(?<device>[0-9a-f:]{7,12}\.[0-7]): Adding to iommu group (?<group>\d{1,5})/,
    means: 'The device is in an IOMMU group. Where the iGPU has no such line, the IOMMU does not cover it.',
    source: 'drivers/iommu/iommu.c',
    finding: null,
  },
  {
    id: 'dmar-host-width',
    emitters: ['host-kernel'],
    literals: ['Host address width'],
    pattern: /\bDMAR: Host address width (?<bits>\d{1,2})\b/,
    means: 'Width of addresses of the platform, in bits. The width of the unit of the iGPU can be smaller.',
    source: 'drivers/iommu/intel/dmar.c, parse_dmar_table()',
    finding: null,
  },
  {
    id: 'irq-remap',
    emitters: ['host-kernel'],
    literals: ['Enabled IRQ remapping'],
    pattern: /\bDMAR-IR: Enabled IRQ remapping in (?<mode>x2apic|xapic) mode/,
    means: 'Interrupt remapping is on.',
    source: 'drivers/iommu/intel/irq_remapping.c',
    finding: null,
  },
  {
    id: 'no-irq-remap',
    emitters: ['host-kernel'],
    literals: ['No interrupt remapping', 'allow_unsafe_interrupts'],
    pattern:
      /No interrupt remapping (?:for this platform|support)\b.{0,20}Use the module param "allow_unsafe_interrupts"/,
    means: 'The platform does not remap interrupts, and vfio refuses the device for that reason.',
    source: 'drivers/vfio/vfio_iommu_type1.c, vfio_iommu_type1_attach_group()',
    finding: {
      id: 'host.irq-remap-missing',
      title: 'The host does not remap interrupts, so vfio refuses the device',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'Turn interrupt remapping on, or, where the hardware has none, accept the risk.',
        'drivers/vfio/vfio_iommu_type1.c',
        inBios('Enable VT-d and x2APIC; update the BIOS'),
        onHost(
          "echo 'options vfio_iommu_type1 allow_unsafe_interrupts=1' > /etc/modprobe.d/vfio-unsafe.conf && update-initramfs -u",
        ),
      ),
    },
  },
  {
    id: 'x2apic-no-remap',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['X2APIC mode', 'x2apic opt out bit'],
    pattern:
      /x2apic: IRQ remapping doesn't support X2APIC mode|x2apic is disabled because BIOS sets x2apic opt out bit/,
    means: 'The APIC stays in its older mode. It says nothing about passthrough by itself.',
    source: 'arch/x86/kernel/apic/apic.c; drivers/iommu/intel/irq_remapping.c',
    finding: null,
  },
  {
    id: 'dmar-fw-bug',
    emitters: ['host-kernel'],
    literals: ['[Firmware Bug]'],
    pattern: /\bDMAR: ?\[Firmware Bug\]: ?(?<what>.{1,120})/,
    means:
      'The firmware’s DMAR table is wrong somewhere; the kernel works around it. Seldom the reason of a failure.',
    source: 'drivers/iommu/intel/dmar.c and iommu.c',
    finding: null,
  },
  {
    id: 'rmrr',
    emitters: ['host-kernel'],
    literals: ['ineligible for IOMMU domain attach', 'requested this device have a 1:1 IOMMU mapping'],
    pattern:
      /Device is ineligible for IOMMU domain attach due to platform RMRR requirement|Firmware has requested this device have a 1:1 IOMMU mapping, rejecting/,
    means:
      'The firmware keeps a memory range for this device, so it cannot be given away. The kernel exempts graphics and USB from this: it is another device that is passed along.',
    source: 'drivers/iommu/intel/iommu.c (older); drivers/iommu/iommu.c (newer)',
    finding: {
      id: 'host.rmrr',
      title: 'The firmware does not let a passed device go (RMRR)',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'Only the firmware can release the range.',
        'drivers/iommu/iommu.c',
        inBios(
          'Update the BIOS; switch the feature off that uses this device (agent-less monitoring, shared memory)',
        ),
        { where: 'vm', text: 'Do not pass the device that the line names' },
      ),
    },
  },
  {
    id: 'dmar-benign',
    emitters: ['host-kernel'],
    literals: ['DMAR: No ATSR found', 'DMAR: No RMRR found', 'DMAR: No SATC found', 'inconsistent'],
    pattern: /\bDMAR: (?:No (?:ATSR|RMRR|SATC) found|IOMMU feature \w{1,30} inconsistent)/,
    means: 'A table or feature that client hardware lacks. Normal.',
    source: 'drivers/iommu/intel/iommu.c',
    finding: null,
  },
  {
    id: 'iommu-not-covered',
    emitters: ['host-kernel'],
    literals: ['failed with error -22'],
    pattern:
      /\bvfio-pci: probe of (?<device>[0-9a-f:]{7,12}\.[0-7]) failed with error -22|\bvfio-pci (?<device2>[0-9a-f:]{7,12}\.[0-7]): probe with driver vfio-pci failed with error -22/,
    means: 'vfio-pci refused the device, as a rule because it is in no IOMMU group: the IOMMU is off for it.',
    source: 'drivers/vfio/vfio.c, vfio_init_group_dev(): EINVAL without a group; drivers/base/dd.c',
    finding: {
      id: 'host.iommu-off',
      title: 'vfio-pci refused the device: it is in no IOMMU group',
      severity: (signals, of) =>
        signals.some(({ captures, device }) => {
          const own = captures['device'] ?? captures['device2'] ?? device;
          return of.signals.of('iommu-group').some((group) => group.captures['device'] === own);
        })
          ? null
          : refusal(signals, of),
      fix: fix(
        'Passthrough needs the IOMMU.',
        'drivers/vfio/vfio.c',
        inBios('Enable VT-d'),
        onHost('Add intel_iommu=on to the kernel command line and restart'),
      ),
    },
  },
  {
    id: 'acpi-bios-error',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['ACPI BIOS Error', 'ACPI Error'],
    pattern: /\bACPI (?:BIOS )?(?:Error|Warning)\b/,
    means:
      'A fault in the firmware’s ACPI tables that nearly every board has. It does not concern passthrough.',
    source: 'drivers/acpi/acpica',
    finding: null,
  },
];
