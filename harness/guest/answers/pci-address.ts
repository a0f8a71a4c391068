/** Windows writes all ones where it does not know a number. */
const UNKNOWN = 0xffff_ffff;

function hex(value: number): string {
  return value.toString(16).padStart(2, '0');
}

function address(bus: number, device: number, fn: number): string | null {
  return bus <= 0xff && device <= 0x1f && fn <= 7 ? `${hex(bus)}:${hex(device)}.${fn}` : null;
}

function fromNumbers(bus: number, deviceAndFunction: number): string | null {
  if (deviceAndFunction >>> 0 === UNKNOWN) return null;
  return address(bus >>> 0, deviceAndFunction >>> 16, deviceAndFunction & 0xffff);
}

/** `PCIROOT(0)#PCI(0200)`: device 02, function 00, on the root bus. Deeper paths do not say their bus number. */
function fromPaths(paths: readonly string[]): string | null {
  for (const path of paths) {
    const [, device, fn] = /^PCIROOT\(0\)#PCI\(([0-9A-F]{2})([0-9A-F]{2})\)$/i.exec(path) ?? [];
    if (device !== undefined && fn !== undefined)
      return address(0, Number.parseInt(device, 16), Number.parseInt(fn, 16));
  }
  return null;
}

/**
 * Where Windows has a PCI device, as `bb:dd.f`; null where it is not told or told in two ways that differ.
 *
 * @param place DEVPKEY_Device_BusNumber, DEVPKEY_Device_Address (device in the high 16 bits, function in the low 16)
 *   and DEVPKEY_Device_LocationPaths, as Microsoft documents them
 */
export function windowsPciAddress(place: {
  readonly bus: number | null;
  readonly address: number | null;
  readonly paths: readonly string[];
}): string | null {
  const numbers = place.bus === null || place.address === null ? null : fromNumbers(place.bus, place.address);
  const path = fromPaths(place.paths);
  if (numbers !== null && path !== null && numbers !== path) return null;
  return numbers ?? path;
}
