import { basename } from 'node:path';
import type { Machine } from '../../../wire/machine/machine.ts';
import { deviceDirectory } from './device-directory.ts';

const LOOK = { seconds: 20, maxOutput: 262_144 };
/** Files below a PCI device in sysfs (Linux Documentation/ABI/testing/sysfs-bus-pci), one value each. */
const FILES = ['vendor', 'device', 'class', 'boot_vga', 'power_state', 'reset_method'] as const;
const LINKS = ['driver', 'iommu_group'] as const;

/** A PCI device as its host has it now. Null: the host does not say. */
export interface DeviceState {
  /** `vendor:device` in lower-case hex; null: there is no such device. */
  readonly id: string | null;
  /** Six hex digits: `030000` for a VGA controller. */
  readonly deviceClass: string | null;
  /** The firmware made it the first display. */
  readonly bootVga: boolean | null;
  /** `D0`, `D3hot`, `D3cold`, `unknown`, … */
  readonly powerState: string | null;
  /** As sysfs has it: `flr`, `bus`, …, several with spaces; empty: none. */
  readonly resetMethod: string | null;
  readonly driver: string | null;
  readonly iommuGroup: string | null;
  /** Addresses of all devices of its group, its own among them. */
  readonly groupMembers: readonly string[];
}

/**
 * Reads what the node's sysfs says of a device. Nothing is changed.
 *
 * @param address checked before: `0000:00:02.0`
 * @throws what `Machine.run` throws
 */
export async function deviceState(node: Machine, address: string): Promise<DeviceState> {
  const directory = deviceDirectory(address);
  // grep prints `path:value` of many files at once; one that is not there is left out.
  const [read, links] = await Promise.all([
    node.run(['grep', '-s', '', ...FILES.map((name) => `${directory}/${name}`)], LOOK),
    linksOf(node, directory),
  ]);
  const values = new Map(read.stdout.split('\n').map((line) => valueOf(line, directory)));
  const group = links.get('iommu_group') ?? null;
  const [vendor, device] = [values.get('vendor'), values.get('device')].map((hex) => hex?.replace(/^0x/, ''));
  const bootVga = values.get('boot_vga');
  return {
    id: vendor === undefined || device === undefined ? null : `${vendor}:${device}`.toLowerCase(),
    deviceClass: values.get('class')?.replace(/^0x/, '') ?? null,
    bootVga: bootVga === undefined ? null : bootVga === '1',
    powerState: values.get('power_state') ?? null,
    resetMethod: values.get('reset_method') ?? null,
    driver: links.get('driver') ?? null,
    iommuGroup: group,
    groupMembers: group === null ? [] : await membersOf(node, group),
  };
}

function valueOf(line: string, directory: string): [string, string] {
  const colon = line.indexOf(':', directory.length);
  return [
    line.slice(directory.length + 1, Math.max(0, colon)),
    line
      .slice(colon + 1)
      .trim()
      .slice(0, 200),
  ];
}

async function linksOf(node: Machine, directory: string): Promise<ReadonlyMap<string, string>> {
  const paths = LINKS.map((name) => `${directory}/${name}`);
  const found = await node.run(['find', ...paths, '-maxdepth', '0', '-printf', '%f %l\n'], LOOK);
  return new Map(
    found.stdout.split('\n').flatMap((line) => {
      const [name = '', target = ''] = line.split(' ');
      return target === '' ? [] : [[name, basename(target).slice(0, 100)] as const];
    }),
  );
}

async function membersOf(node: Machine, group: string): Promise<readonly string[]> {
  if (!/^\d{1,6}$/.test(group)) return [];
  const listed = await node.run(['ls', '-1', '--', `/sys/kernel/iommu_groups/${group}/devices`], LOOK);
  return listed.stdout
    .split('\n')
    .filter((name) => /^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/.test(name));
}
