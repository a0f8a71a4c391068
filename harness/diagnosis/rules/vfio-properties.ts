/** How QEMU reads a property's value. */
export type PropertyType = 'boolean' | 'number' | 'string' | 'any';

const BOOLEANS =
  'x-vga x-req x-igd-opregion x-igd-lpc x-no-mmap x-balloon-allowed x-no-kvm-intx x-no-kvm-msi x-no-kvm-msix x-no-geforce-quirks x-no-kvm-ioeventfd x-no-vfio-ioeventfd multifunction ramfb x-pre-copy-dirty-page-tracking migration-events use-legacy-x86-rom skip-vsc-check command_serr_enable x-pcie-lnksta-dllla x-pcie-extcap-init x-pcie-err-unc-mask x-pcie-ari-nextfn-1 x-pcie-ext-tag';
const NUMBERS =
  'x-igd-gms x-pci-vendor-id x-pci-device-id x-pci-sub-vendor-id x-pci-sub-device-id x-pci-class-code xres yres romsize bootindex acpi-index x-intx-mmap-timeout-ms x-max-bounce-buffer-size x-nv-gpudirect-clique';
const STRINGS =
  'x-igd-legacy-mode bus romfile host sysfsdev iommufd fd vf-token failover_pair_id sriov-pf display';
// Kinds that differ by version, or that take a number and a text.
const OTHERS =
  'id driver addr rombar busnr hotplugged enable-migration x-enable-migration x-device-dirty-page-tracking x-migration-multifd-transfer x-migration-load-config-after-iter x-migration-max-queued-buffers-size x-msix-relocation hotpluggable';

/** Properties of `vfio-pci`. Source: QEMU hw/vfio/pci.c, vfio_pci_properties; hw/pci/pci.c, pci_props. */
export const VFIO_PROPERTIES: ReadonlyMap<string, PropertyType> = new Map([
  ...typed(BOOLEANS, 'boolean'),
  ...typed(NUMBERS, 'number'),
  ...typed(STRINGS, 'string'),
  ...typed(OTHERS, 'any'),
]);

function typed(names: string, type: PropertyType): [string, PropertyType][] {
  return names.split(' ').map((name) => [name, type]);
}
