/** The driver of a device of the host's, and the variant of it that never changes while the VM runs (QEMU hw/vfio/pci.c). */
const VFIO = /^vfio-pci(?:-nohotplug)?$/;

/**
 * Whether QEMU was started with that PCI device of the host: a `-device vfio-pci` that names its address, by `host` or by
 * its place in sysfs. One whose place another option sets again counts for nothing.
 *
 * @param argv QEMU's own arguments, without its name
 * @param address `0000:00:02.0`
 */
export function passesThrough(argv: readonly string[], address: string): boolean {
  const isOption = (at: number, name: string): boolean => argv[at] === `-${name}` || argv[at] === `--${name}`;
  const isMoved = argv.some(
    (word, at) => isOption(at - 1, 'set') && /^device\.[^.]{1,80}\.(?:host|sysfsdev)=/.test(word),
  );
  return !isMoved && argv.some((word, at) => isOption(at - 1, 'device') && placeOf(word) === full(address));
}

/** Where the host has what `-device` passes, in full; null: it passes nothing. */
function placeOf(device: string): string | null {
  const properties = device.startsWith('{') ? fromJson(device) : fromList(device);
  if (!VFIO.test(properties.get('driver') ?? '')) return null;
  const host = properties.get('host');
  if (host !== undefined) return full(host);
  const place = /^\/sys\/bus\/pci\/devices\/([^/]{1,20})\/?$/.exec(properties.get('sysfsdev') ?? '')?.[1];
  return place === undefined ? null : full(place);
}

/** `driver,key=value,…`, where two commas stand for one (QEMU util/keyval.c and util/qemu-option.c). */
function fromList(device: string): ReadonlyMap<string, string> {
  const [first = '', ...rest] = device.split(/(?<!,),(?!,)/);
  const named = first.startsWith('driver=') ? first : `driver=${first}`;
  return new Map(
    [named, ...rest].map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? ([part, 'on'] as const) : ([part.slice(0, at), part.slice(at + 1)] as const);
    }),
  );
}

/** QEMU takes a device as JSON, too, since 6.2. */
function fromJson(device: string): ReadonlyMap<string, string> {
  try {
    const document: unknown = JSON.parse(device);
    if (typeof document !== 'object' || document === null) return new Map();
    return new Map(
      Object.entries(document).flatMap(([key, value]) =>
        typeof value === 'string' ? [[key, value] as const] : [],
      ),
    );
  } catch {
    return new Map();
  }
}

/** `00:02.0` is in domain 0000. */
function full(address: string): string {
  const lower = address.toLowerCase();
  return /^[0-9a-f]{2}:/.test(lower) ? `0000:${lower}` : lower;
}
