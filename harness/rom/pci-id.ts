/** A PCI device's ids, each four lower-case hex digits. */
export interface PciId {
  readonly vendor: string;
  readonly device: string;
}

export const PCI_ID = /^([0-9a-f]{4}):([0-9a-f]{4})$/;

/** In: `8086:46d1`. Out: its two ids. Throws `TypeError` on anything else. */
export function parsePciId(text: string): PciId {
  const [, vendor, device] = PCI_ID.exec(text) ?? [];
  if (vendor === undefined || device === undefined)
    throw new TypeError(
      `A PCI id is written vendor:device in lower-case hex, such as 8086:46d1, not ${JSON.stringify(text)}`,
    );
  return { vendor, device };
}
