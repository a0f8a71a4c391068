import { igpuFamily } from '../igpu/families.ts';

/** A graphics device as sysfs shows it; what it does not show is null. */
export interface SysfsDevice {
  /** `0000:00:02.0` */
  readonly address: string;
  /** `8086:46d1` */
  readonly id: string;
  /** Six digits: `030000`. */
  readonly deviceClass: string;
  /** Null: no driver is bound. */
  readonly driver: string | null;
  readonly iommuGroup: number | null;
  readonly bootVga: boolean | null;
  readonly powerState: string | null;
  readonly resetMethods: readonly string[];
  readonly totalVfs: number | null;
  readonly vfs: number | null;
  /** Address of the physical function that this is a virtual one of. */
  readonly physical: string | null;
  /** Its memory and ports: first and last address. */
  readonly ranges: readonly { readonly bar: number; readonly from: bigint; readonly to: bigint }[];
}

const VALUE = /^\/sys\/bus\/pci\/devices\/([0-9a-f:]+\.[0-7])\/([\w/]+):(.*)$/;
const LINK = /^\/sys\/bus\/pci\/devices\/([0-9a-f:]+\.[0-7])\/([\w:.-]+) -> (.*)$/;

/** Reads what the collector `devices` gathered. Pure; lines that are nothing it knows are passed over. */
export function sysfsDevices(text: string): readonly SysfsDevice[] {
  const values = new Map<string, Map<string, string[]>>();
  for (const line of text.split('\n')) {
    const [, address, name, value] = LINK.exec(line) ?? VALUE.exec(line) ?? [];
    if (address === undefined || name === undefined || value === undefined) continue;
    const own = values.get(address) ?? new Map<string, string[]>();
    values.set(address, own.set(name, [...(own.get(name) ?? []), value]));
  }
  return [...values].map(([address, own]) => deviceFrom(address, own));
}

function deviceFrom(address: string, own: ReadonlyMap<string, readonly string[]>): SysfsDevice {
  const value = (name: string): string | null => own.get(name)?.[0] ?? null;
  const target = (name: string): string | null => value(name)?.split('/').at(-1) ?? null;
  const hex = (name: string): string => (value(name) ?? '').replace(/^0x/, '').toLowerCase();
  const number = (name: string): number | null => {
    const text = value(name);
    return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
  };
  return {
    address,
    id: `${hex('vendor')}:${hex('device')}`,
    deviceClass: hex('class'),
    driver: target('driver'),
    iommuGroup: groupNumber(target('iommu_group')),
    bootVga: value('boot_vga') === null ? null : value('boot_vga') === '1',
    powerState: value('power_state'),
    resetMethods: (value('reset_method') ?? '').split(' ').filter((method) => method !== ''),
    totalVfs: number('sriov_totalvfs'),
    vfs: number('sriov_numvfs'),
    physical: target('physfn'),
    ranges: (own.get('resource') ?? []).flatMap(rangeFrom).filter(({ bar }) => bar < 6),
  };
}

function groupNumber(text: string | null): number | null {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}

/** A line of `resource` is first address, last address and flags; BAR n stands on line n. */
function rangeFrom(line: string, bar: number): SysfsDevice['ranges'] {
  const [, from, to] = /^0x([0-9a-f]{1,16}) 0x([0-9a-f]{1,16}) /.exec(line) ?? [];
  if (from === undefined || to === undefined || /^0+$/.test(to)) return [];
  return [{ bar, from: BigInt(`0x${from}`), to: BigInt(`0x${to}`) }];
}

/**
 * The iGPU in question: the one at `address`, else the Intel graphics device at 00:02.0, else the first one. Null: this
 * host has none.
 *
 * @param text what the collector `devices` gathered
 */
export function deviceOf(text: string, address: string | null): SysfsDevice | null {
  const all = sysfsDevices(text);
  const intel = all.filter(({ id }) => id.startsWith('8086:'));
  return (
    all.find((device) => device.address === address) ??
    intel.find((device) => device.address === '0000:00:02.0') ??
    intel.find(({ id }) => igpuFamily(id) !== null) ??
    null
  );
}
