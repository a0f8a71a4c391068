import type { Examples } from './of-signature.ts';

/** Lines for the tests of `IOMMU`. */
export const IOMMU_EXAMPLES: Examples = {
  'dmar-on': { matches: ['DMAR: IOMMU enabled'], not: ['DMAR: IOMMU disabled'] },
  'dmar-vtd': {
    matches: ['DMAR: Intel(R) Virtualization Technology for Directed I/O'],
    not: ['DMAR: IOMMU enabled'],
  },
  'dmar-off': {
    matches: ['DMAR: IOMMU disabled', 'DMAR: No DMAR devices found'],
    not: ['DMAR: IOMMU enabled', 'DMAR: No ATSR found'],
  },
  'dmar-gfx-off': {
    matches: ['DMAR: Disable GFX device mapping', 'DMAR: Disabling IOMMU for graphics on this chipset'],
    not: ['pci 0000:00:02.0: DMAR: Skip IOMMU disabling for graphics'],
  },
  'dmar-skip-gfx': {
    matches: ['pci 0000:00:02.0: DMAR: Skip IOMMU disabling for graphics'],
    not: ['pci 0000:00:02.0: DMAR: Disabling IOMMU for graphics on this chipset'],
  },
  'iommu-group': {
    matches: ['pci 0000:00:02.0: Adding to iommu group 0'],
    not: ['pci 0000:00:02.0: Removing from iommu group 0'],
  },
  'dmar-host-width': {
    matches: ['DMAR: Host address width 39'],
    not: ['DMAR: DRHD base: 0x000000fed90000 flags: 0x0'],
  },
  'irq-remap': {
    matches: ['DMAR-IR: Enabled IRQ remapping in x2apic mode'],
    not: ['DMAR-IR: x2apic is disabled because BIOS sets x2apic opt out bit.'],
  },
  'no-irq-remap': {
    matches: [
      'vfio_iommu_type1_attach_group: No interrupt remapping support.  Use the module param "allow_unsafe_interrupts" to enable VFIO IOMMU support on this platform',
      'vfio_iommu_type1_attach_group: No interrupt remapping for this platform. Use the module param "allow_unsafe_interrupts" to enable VFIO IOMMU support on this platform',
    ],
    not: ['DMAR-IR: Enabled IRQ remapping in x2apic mode'],
  },
  'x2apic-no-remap': {
    matches: [
      "x2apic: IRQ remapping doesn't support X2APIC mode",
      'DMAR-IR: x2apic is disabled because BIOS sets x2apic opt out bit.',
    ],
    not: ['DMAR-IR: Enabled IRQ remapping in x2apic mode'],
  },
  'dmar-fw-bug': {
    matches: [
      'DMAR: [Firmware Bug]: No firmware reserved region can cover this RMRR [0x000000009d000000-0x000000009f7fffff], contact BIOS vendor for fixes',
    ],
    not: ['ACPI: [Firmware Bug]: BIOS _OSI(Linux) query ignored'],
  },
  rmrr: {
    matches: [
      'vfio-pci 0000:03:00.0: Device is ineligible for IOMMU domain attach due to platform RMRR requirement.  Contact your platform vendor.',
      'vfio-pci 0000:03:00.0: Firmware has requested this device have a 1:1 IOMMU mapping, rejecting configuring the device without a 1:1 mapping. Contact your platform vendor.',
    ],
    not: ['DMAR: RMRR base: 0x0000009d000000 end: 0x0000009f7fffff'],
  },
  'dmar-benign': {
    matches: ['DMAR: No ATSR found', 'DMAR: IOMMU feature fl1gp_support inconsistent'],
    not: ['DMAR: No DMAR devices found'],
  },
  'iommu-not-covered': {
    matches: [
      'vfio-pci: probe of 0000:00:02.0 failed with error -22',
      'vfio-pci 0000:00:02.0: probe with driver vfio-pci failed with error -22',
    ],
    not: ['vfio-pci: probe of 0000:00:02.0 failed with error -16'],
  },
  'acpi-bios-error': {
    matches: [
      'ACPI BIOS Error (bug): Could not resolve symbol [\\_SB.PC00.TXHC.RHUB.SS01], AE_NOT_FOUND (20230628/dswload2-162)',
    ],
    not: ['ACPI: Core revision 20230628'],
  },
};
