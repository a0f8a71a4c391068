import type { ConfigChange } from '../vm-manager.ts';
import { passedDevice } from '../../../vmconfig/device.ts';
import { withProperty } from '../../../vmconfig/edit.ts';
import { classOfKey } from '../../../vmconfig/keys.ts';
import { parseVmConfig, valueOf } from '../../../vmconfig/parse.ts';
import { parsePropertyString } from '../../../vmconfig/property-string.ts';
import { defaultProperty } from '../../../vmconfig/values.ts';
import { ROM_DIRECTORY } from '../node/rom-slot.ts';

/**
 * Keys under test that stay as the guest's VM has them where a scenario says nothing: how big it is, and how its agent
 * is reached. Every other one is taken away, so that what runs is what the scenario says.
 */
const GUESTS_OWN = new Set(['memory', 'cores', 'sockets', 'ostype', 'agent']);

export interface Placed {
  /** Where the host has its iGPU: `0000:00:02.0`. */
  readonly igpuAddress: string;
  /** Plain name of the ROM's slot; null: no ROM is given. */
  readonly romSlot: string | null;
  /** Path of our own monitor's socket on the node. */
  readonly monitor: string;
}

/** Keys and values under test as the node must have them, our own monitor among them. */
export function wantedConfig(underTest: string, placed: Placed): ReadonlyMap<string, string> {
  const config = parseVmConfig(withSlot(underTest, placed));
  const entries = config.entries.filter(({ key }) => classOfKey(key) === 'under-test');
  const wanted = new Map(entries.map(({ key, value }) => [key, value]));
  wanted.set('args', withMonitor(valueOf(config, 'args'), placed.monitor));
  return wanted;
}

/** The same guest without the device under test: its hostpci, and all that `args` says of it, are gone. */
export function controlConfig(underTest: string, placed: Placed): ReadonlyMap<string, string> {
  const wanted = new Map(wantedConfig(underTest, placed));
  const passed = passedDevice(parseVmConfig(underTest), placed.igpuAddress);
  if (passed !== null) wanted.delete(passed.entry.key);
  wanted.set('args', withMonitor(null, placed.monitor));
  return wanted;
}

/** What has to be changed for a VM to have these keys under test; identity and storage stay untouched. */
export function changeTo(
  wanted: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): Omit<ConfigChange, 'digest'> {
  const set = [...wanted].filter(([key, value]) => !isSame(key, value, now.get(key)));
  const remove = [...now.keys()].filter(
    (key) => classOfKey(key) === 'under-test' && !wanted.has(key) && !GUESTS_OWN.has(key),
  );
  return { set: Object.fromEntries(set), remove };
}

/** Of the keys under test those that a VM has otherwise than was wanted, for a person. Empty: it is as wanted. */
export function differences(
  wanted: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): readonly string[] {
  const { set = {}, remove = [] } = changeTo(wanted, now);
  return [
    ...Object.entries(set).map(([key, value]) => `${key}: wanted ${value}, has ${now.get(key) ?? 'nothing'}`),
    ...remove.map((key) => `${key}: wanted nothing, has ${now.get(key) ?? ''}`),
  ];
}

function withSlot(underTest: string, { igpuAddress, romSlot }: Placed): string {
  const passed = passedDevice(parseVmConfig(underTest), igpuAddress);
  if (romSlot === null || passed === null || passed.romfile === null) return underTest;
  const bySet = passed.sets.some(({ property }) => property === 'romfile');
  // What `-set` says goes to QEMU as it is, so it needs the whole path.
  return bySet
    ? withProperty(underTest, `args.device.${passed.entry.key}.romfile`, `${ROM_DIRECTORY}/${romSlot}`)
    : withProperty(underTest, `${passed.entry.key}.romfile`, romSlot);
}

/** Proxmox splits `args` at white space (shellwords) and puts them last; a path of ours needs no quotes. */
function withMonitor(args: string | null, monitor: string): string {
  return `${args === null ? '' : `${args} `}-qmp unix:${monitor},server=on,wait=off`;
}

/** Proxmox may write a list's properties in another order than it was given them. */
function isSame(key: string, wanted: string, now: string | undefined): boolean {
  if (now === undefined || wanted === now) return wanted === now;
  const first = defaultProperty(key);
  if (first === null || key === 'args') return false;
  const spelled = (value: string): string =>
    parsePropertyString(value, first)
      .properties.map((property) => `${property.key}=${property.value}`)
      .sort()
      .join(',');
  return spelled(wanted) === spelled(now);
}
