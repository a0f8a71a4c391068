/**
 * The version of QEMU that first had a property of vfio-pci, where older ones are in use. Source: QEMU hw/vfio/igd.c and
 * hw/vfio/pci.c, patches of March 2025 (in 10.0).
 */
export const PROPERTY_SINCE: ReadonlyMap<string, string> = new Map([
  ['x-igd-legacy-mode', '10.0'],
  ['x-igd-lpc', '10.0'],
]);
