/** Where sysfs has a PCI device. @param address checked before: `0000:00:02.0` */
export function deviceDirectory(address: string): string {
  return `/sys/bus/pci/devices/${address}`;
}
