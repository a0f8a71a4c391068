import { extraArgs, type SetProperty } from './extra-args.ts';
import { type Hostpci, namesDevice, parseHostpci } from './hostpci.ts';
import { classOfKey, splitKey } from './keys.ts';
import type { ConfigEntry } from './entry.ts';
import { valueOf, type VmConfig } from './parse.ts';
import { pciPlace } from './pci.ts';
import { parsePropertyString } from './property-string.ts';

/** The `hostpciN` that passes the host's iGPU, with what `-set` in `args` overrides on it. */
export interface PassedDevice {
  readonly entry: ConfigEntry;
  /** N of `hostpciN`. */
  readonly index: number;
  readonly hostpci: Hostpci;
  /** In order; of one property the last wins. */
  readonly sets: readonly SetProperty[];
  /** The ROM's file as the config names it; null: none is given, the device's own is used. */
  readonly romfile: string | null;
}

/** What `-set` may say of a stand-in: the rest are properties of vfio-pci. */
export const ON_STAND_IN: ReadonlySet<string> = new Set(['bus', 'addr', 'rombar', 'romfile']);

/** Where QEMU puts the device: the name of a bus and an address such as `0x02.0` on it. */
export interface Placement {
  readonly bus: string;
  readonly addr: string;
}

/** Which hostpci of the config is the host's iGPU (address as `0000:00:02.0`), or null if none names it. */
export function passedDevice(config: VmConfig, igpuAddress: string): PassedDevice | null {
  for (const entry of config.entries) {
    const { family, index } = splitKey(entry.key);
    if (family !== 'hostpci' || index === null || classOfKey(entry.key) !== 'under-test') continue;
    const hostpci = parseHostpci(entry.value);
    if (!hostpci.hosts.some((host) => namesDevice(host, igpuAddress))) continue;
    const sets = extraArgs(config).filter(
      (arg): arg is SetProperty => arg.kind === 'set' && arg.device === entry.key,
    );
    return { entry, index, hostpci, sets, romfile: (lastSet(sets, 'romfile') ?? hostpci.romfile) || null };
  }
  return null;
}

/**
 * Where the guest should find the host's iGPU, as `bb:dd.f`; null where the config does not pass it or where the
 * firmware assigns the bus number, so that it cannot be told.
 */
export function guestAddress(config: VmConfig, igpuAddress: string): string | null {
  const passed = passedDevice(config, igpuAddress);
  if (passed === null) return null;
  const { bus, addr } = placement(passed);
  if (bus !== rootBus(config)) return null;
  const [, slot = '', fn = '0'] = /^(?:0x)?([01]?[0-9a-f])(?:\.([0-7]))?$/i.exec(addr) ?? [];
  return slot === '' ? null : `00:${slot.toLowerCase().padStart(2, '0')}.${fn}`;
}

/** Where Proxmox puts the device, as `-set` leaves it. Source: qemu-server PVE/QemuServer/PCI.pm. */
export function placement(passed: PassedDevice): Placement {
  const { bus, addr } = defaultPlacement(passed);
  return { bus: lastSet(passed.sets, 'bus') ?? bus, addr: lastSet(passed.sets, 'addr') ?? addr };
}

/** Where Proxmox puts the device before `args` are looked at. */
export function defaultPlacement({ hostpci, index }: PassedDevice): Placement {
  if (hostpci.pcie) return { bus: `ich9-pcie-port-${index + 1}`, addr: '0x0' };
  if (hostpci.legacyIgd) return { bus: 'pci.0', addr: '0x2' };
  return pciPlace(`hostpci${index}`);
}

/** The machine type of the config; Proxmox takes `pc` (i440fx) where none stands. */
export function machineType(config: VmConfig): string {
  const { properties } = parsePropertyString(valueOf(config, 'machine') ?? '', 'type');
  return properties.find(({ key }) => key === 'type')?.value ?? 'pc';
}

export function isQ35(config: VmConfig): boolean {
  return machineType(config).includes('q35');
}

/** The bus whose devices are on guest bus 00. On q35, `pci.0` is a bridge that Proxmox adds. */
function rootBus(config: VmConfig): string {
  return isQ35(config) ? 'pcie.0' : 'pci.0';
}

function lastSet(sets: readonly SetProperty[], property: string): string | undefined {
  return sets.findLast((set) => set.property === property)?.value;
}
