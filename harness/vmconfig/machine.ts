import { isQ35, machineType, passedDevice } from './device.ts';
import { valueOf, type VmConfig } from './parse.ts';
import { isOn, propertyMap } from './property-string.ts';

/** What the rest of a config is read by: the facts that decide how Proxmox writes a device. */
export interface Machine {
  /** The value of `-machine` without its flags. */
  readonly type: string;
  readonly q35: boolean;
  /** `[major, minor, pve revision]`; null for `q35` and `pc`, which are the newest there is. */
  readonly version: readonly [number, number, number] | null;
  readonly kvm: boolean;
  readonly ovmf: boolean;
  /** Of `win11` 11; 5 for XP and its like, 6 for Vista and its like; 0 where it is no Windows. */
  readonly windows: number;
  readonly ostype: string;
  /** The kind of display: `std`, `none`, `serial0`, … */
  readonly vga: string;
  /** A hostpci has `x-vga=1`. */
  readonly primaryGpu: boolean;
}

/** Source: qemu-server PVE/QemuServer.pm, config_to_command; Machine.pm, get_vm_machine. */
export function readMachine(
  config: VmConfig,
  local: { readonly accelerator: 'kvm' | 'tcg'; readonly igpuAddress: string },
): Machine {
  const ostype = valueOf(config, 'ostype') ?? 'other';
  const windows = windowsVersion(ostype);
  const type = pinned(machineType(config), windows, valueOf(config, 'meta'));
  const primaryGpu = passedDevice(config, local.igpuAddress)?.hostpci.xVga === true;
  return {
    type,
    q35: isQ35(config),
    version: versionOf(type),
    kvm: local.accelerator === 'kvm',
    ovmf: valueOf(config, 'bios') === 'ovmf',
    windows,
    ostype,
    vga: displayKind(valueOf(config, 'vga'), windows, primaryGpu),
    primaryGpu,
  };
}

/** Whether the machine is of this version or newer. */
export function since({ version }: Machine, major: number, minor: number, pve = 0): boolean {
  if (version === null) return true;
  const [ofMajor, ofMinor, ofPve] = version;
  if (ofMajor !== major) return ofMajor > major;
  return ofMinor === minor ? ofPve >= pve : ofMinor > minor;
}

/** Whether a key stands there and is true. */
export function isSet(config: VmConfig, key: string, fallback = false): boolean {
  return isOn(valueOf(config, key), fallback);
}

/** Source: PVE/QemuServer/Helpers.pm, windows_version. */
function windowsVersion(ostype: string): number {
  if (/^(?:wxp|w2k3?)$/.test(ostype)) return 5;
  if (/^(?:w2k8|wvista)$/.test(ostype)) return 6;
  return Number(/^win(\d+)$/.exec(ostype)?.[1] ?? 0);
}

/** A Windows VM without a version is of the QEMU that it was created with, if that was 9.1 or newer, else of 5.1. */
function pinned(type: string, windows: number, meta: string | null): string {
  if (windows === 0 || !/^(?:pc|q35)$/.test(type)) return type;
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(propertyMap(meta, '').get('creation-qemu') ?? '') ?? [];
  const created = Number(major) > 9 || (Number(major) === 9 && Number(minor) >= 1);
  return `${type === 'q35' ? 'pc-q35' : 'pc-i440fx'}-${created ? `${major}.${minor}` : '5.1'}`;
}

function versionOf(type: string): Machine['version'] {
  const [, major, minor, pve = '0'] = /-(\d+)\.(\d+)[.\d]*(?:\+pve(\d+))?/.exec(type) ?? [];
  return major === undefined ? null : [Number(major), Number(minor), Number(pve)];
}

/** Source: PVE/QemuServer.pm, get_vga_properties; PCI.pm, print_hostpci_devices for x-vga. */
function displayKind(vga: string | null, windows: number, primaryGpu: boolean): string {
  const given = propertyMap(vga, 'type').get('type');
  if (given !== undefined) return given;
  if (primaryGpu && vga === null) return 'none';
  return windows === 0 || windows >= 6 ? 'std' : 'cirrus';
}
