const ADDRESS = /^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/;

/** A device's full address as the kernel writes it, so that one device has one name. @throws RangeError it is none */
export function leaseAddress(address: string): string {
  if (!ADDRESS.test(address))
    throw new RangeError(`no full PCI address such as 0000:00:02.0: ${address.slice(0, 80)}`);
  return address;
}
