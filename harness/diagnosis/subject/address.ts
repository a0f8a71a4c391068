/** Where Intel has had its graphics in every processor so far; its virtual functions are 1 to 7 of the slot. */
export const IGPU_SLOT = '0000:00:02';

/** `0000:00:02.0` of `00:02.0`, of `0x00:0x02.0` and of itself, in lower case; a whole slot stays one. */
export function withDomain(address: string): string {
  const bare = address.toLowerCase().replaceAll('0x', '');
  return /^[0-9a-f]{4}:/.test(bare) ? bare : `0000:${bare}`;
}

/** The slot of a PCI address, `0000:00:02`. */
export function slotOf(address: string): string {
  return withDomain(address).replace(/\.[0-7]$/, '');
}

/** Whether the address is the iGPU's place on a host: the whole slot, or any of its functions. */
export function isIgpuPlace(address: string): boolean {
  return slotOf(address) === IGPU_SLOT;
}

/** Whether the address is that of a virtual function of the iGPU. */
export function isVfPlace(address: string): boolean {
  return isIgpuPlace(address) && /\.[1-7]$/.test(address);
}
