import { parseBoolean, parsePropertyString, type PropertyProblem } from './property-string.ts';
import { quote } from './quote.ts';

/** What a `hostpciN:` value asks for. */
export interface Hostpci {
  /** Host devices: `0000:00:02.0`, or `0000:00:02` for all functions of the slot. Empty with a mapping. */
  readonly hosts: readonly string[];
  /** Id of a cluster-wide mapping, which only the node can resolve. */
  readonly mapping: string | null;
  readonly pcie: boolean;
  readonly xVga: boolean;
  readonly rombar: boolean;
  readonly romfile: string | null;
  readonly legacyIgd: boolean;
  /** Everything else by its own name: `mdev`, `driver`, `vendor-id`, `device-id`, `sub-vendor-id`, `sub-device-id`. */
  readonly others: ReadonlyMap<string, string>;
  /** For any of these Proxmox refuses the value. Offsets are in characters from its start. */
  readonly problems: readonly PropertyProblem[];
}

const FLAGS = new Set(['pcie', 'x-vga', 'rombar', 'legacy-igd']);
const OTHERS = new Set(['mdev', 'driver', 'vendor-id', 'device-id', 'sub-vendor-id', 'sub-device-id']);

/** Reads a `hostpciN:` value; never throws. Source of the grammar: qemu-server 9.2.6, PVE/QemuServer/PCI.pm. */
export function parseHostpci(value: string): Hostpci {
  const { properties, problems: found } = parsePropertyString(value, 'host');
  const problems = [...found];
  const given = new Map(properties.map((property) => [property.key, property.value]));
  for (const { key, value: text, offset } of properties) {
    const wrong = wrongProperty(key, text);
    if (wrong !== null) problems.push({ offset, message: wrong });
  }
  if (given.has('host') === given.has('mapping')) {
    problems.push({ offset: 0, message: 'exactly one of a host address and a mapping is needed' });
  }
  const flag = (key: string, fallback: boolean) => parseBoolean(given.get(key) ?? '') ?? fallback;
  return {
    hosts: (given.get('host')?.split(';') ?? []).flatMap((host) => normalAddress(host) ?? []),
    mapping: given.get('mapping') ?? null,
    pcie: flag('pcie', false),
    xVga: flag('x-vga', false),
    rombar: flag('rombar', true),
    romfile: given.get('romfile') ?? null,
    legacyIgd: flag('legacy-igd', false),
    others: new Map([...given].filter(([key]) => OTHERS.has(key))),
    problems,
  };
}

/**
 * `00:02.0` → `0000:00:02.0`; `00:02` → `0000:00:02`, all functions. Null for anything else; capitals are no
 * address to Proxmox.
 */
export function normalAddress(text: string): string | null {
  const [, domain = '0000', rest] =
    /^(?:([a-f0-9]{4,8}):)?([a-f0-9]{2}:[a-f0-9]{2}(?:\.[a-f0-9])?)$/.exec(text) ?? [];
  return rest === undefined ? null : `${domain}:${rest}`;
}

/** Whether a host address of `hostpci` is this device, or the whole slot that it sits in. */
export function namesDevice(host: string, device: string): boolean {
  const wanted = normalAddress(device);
  return wanted !== null && (host === wanted || wanted.startsWith(`${host}.`));
}

function wrongProperty(key: string, value: string): string | null {
  if (key === 'host') {
    const bad = value.split(';').find((host) => normalAddress(host) === null);
    return bad === undefined ? null : `${quote(bad)} is no PCI address such as 0000:00:02.0`;
  }
  if (FLAGS.has(key)) return parseBoolean(value) === null ? `${key} is 0 or 1, not ${quote(value)}` : null;
  if (key === 'romfile') return value.includes(';') ? 'romfile has no ";" in its name' : null;
  return key === 'mapping' || OTHERS.has(key) ? null : `hostpci has no property ${quote(key)}`;
}
