/**
 * What vfio-pci prints where it opens a device for a VM: `enabling device` (Linux drivers/pci/setup-res.c) and, since
 * 6.13, `resetting` (drivers/vfio/pci/vfio_pci_core.c by pci_reset_function). A device that no VM has opened since the
 * host's boot has neither line.
 */
const OPENED = /^vfio-pci (\S+): (?:enabling device|resetting|reset done|vfio_ecap_init)/;

/**
 * Why a boot cannot be a cold one now: the kernel's own log of this boot shows that a VM has had the device, or its ring
 * no longer reaches back to the boot, so that nobody knows. Null: none has.
 *
 * @param log what `dmesg --raw` prints; empty where nobody may read it
 */
export function whyNotCold(log: string, address: string): string | null {
  const lines = log.split('\n').map((line) => line.replace(/^<\d{1,3}>\[ *[\d.]+\] ?/, ''));
  if (!lines.some((line) => line.startsWith('Linux version ')))
    return 'the kernel log no longer reaches back to the boot of the host, so nobody knows whether a VM has had the device since';
  const opened = lines.find((line) => OPENED.exec(line)?.[1] === address);
  return opened === undefined
    ? null
    : `a VM has had the device since the host was booted: "${opened.slice(0, 120)}"`;
}
