import { isQ35, ON_STAND_IN, type PassedDevice } from './device.ts';
import { extraArgs } from './extra-args.ts';
import { keyRow } from './honoured.ts';
import { splitKey } from './keys.ts';
import { valueOf, type VmConfig } from './parse.ts';
import { propertyMap } from './property-string.ts';
import { quote } from './quote.ts';

/** What of a config has no effect on a local boot as far as keys can tell; the parts of the command know the rest. */
export function notHonoured(
  config: VmConfig,
  passed: PassedDevice | null,
  ownerArgs: readonly string[] = [],
): string[] {
  const keys = config.entries
    .filter(({ key }) => isOtherDevice(key, passed) || keyRow(key)?.honoured === 'no')
    .map(({ key }) => key);
  const hotplug = /cpu|memory/.test(valueOf(config, 'hotplug') ?? '') ? ['hotplug (of CPUs and memory)'] : [];
  const args = extraArgs(config, ownerArgs).flatMap((arg) => {
    if (arg.kind === 'owner') return [];
    if (arg.kind !== 'set') return [`args: ${quote(arg.text)}`];
    const works = arg.device === passed?.entry.key && ON_STAND_IN.has(arg.property);
    return works ? [] : [`-set device.${arg.device}.${arg.property}`];
  });
  const order = propertyMap(valueOf(config, 'boot'), 'legacy').get('order')?.split(';') ?? [];
  const booted = order.filter((id) => /^(?:hostpci|usb)/.test(id)).map((id) => `boot.order ${id}`);
  return [...keys, ...hotplug, ...args, ...booted, ...(passed === null ? [] : ofDevice(config, passed))];
}

function isOtherDevice(key: string, passed: PassedDevice | null): boolean {
  return splitKey(key).family === 'hostpci' && key !== passed?.entry.key;
}

function ofDevice(config: VmConfig, { entry, hostpci }: PassedDevice): string[] {
  // Proxmox refuses to start such a VM; here only the place can be imitated.
  const legacy = hostpci.legacyIgd && isQ35(config) ? ['legacy-igd'] : [];
  const properties = [...(hostpci.xVga ? ['x-vga'] : []), ...legacy, ...hostpci.others.keys()];
  return properties.map((property) => `${entry.key}.${property}`);
}
