import { splitKey } from './keys.ts';
import { valueOf, type VmConfig } from './parse.ts';
import { devices } from './part.ts';
import { pciAddress } from './pci.ts';
import { isOn, propertyMap } from './property-string.ts';

/** How the guest agent's channel is attached; of `isa`, which serial port it is to the guest: `ttyS1`. */
export type LocalAgent = { readonly type: 'virtio' } | { readonly type: 'isa'; readonly tty: string };

/** Null: the config turns it off. One that says nothing leaves it to the guest, and the local ones have it. */
export function agentOf(config: VmConfig): LocalAgent | null {
  const value = valueOf(config, 'agent');
  const given = propertyMap(value, 'enabled');
  if (value !== null && !isOn(given.get('enabled'))) return null;
  if (given.get('type') !== 'isa') return { type: 'virtio' };
  // The console is a serial port, too, whether the config has one or not.
  const ports = config.entries.filter(({ key }) => splitKey(key).family === 'serial').length;
  return { type: 'isa', tty: `ttyS${Math.max(1, ports)}` };
}

/** Its devices; the other end is the chardev `agent`. Source: qemu-server PVE/QemuServer.pm, config_to_command. */
export function agentDevices(agent: LocalAgent | null): string[] {
  if (agent === null) return [];
  if (agent.type === 'isa') return devices('isa-serial,chardev=agent');
  return devices(
    `virtio-serial-pci,id=qga0,${pciAddress('qga0')}`,
    // Without an id QEMU tells nobody that the guest opened the port (VSERPORT_CHANGE).
    'virtserialport,id=agent0,bus=qga0.0,chardev=agent,name=org.qemu.guest_agent.0',
  );
}
