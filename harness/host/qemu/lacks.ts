import type { QemuCommand } from '../../vmconfig/qemu.ts';
import type { QemuCapabilities } from './capabilities.ts';

/** What a command needs and this QEMU lacks, each a sentence for a person. */
export function lacks({ needs }: QemuCommand, can: QemuCapabilities): string[] {
  const qemu = `this QEMU (${can.version})`;
  const missing: string[] = [];
  if (!can.machines.has(needs.machine)) missing.push(machineSentence(needs.machine, qemu));
  if (needs.cpu !== null && !can.cpus.has(needs.cpu)) missing.push(`${qemu} has no CPU model ${needs.cpu}`);
  for (const device of new Set(needs.properties.map((need) => need.device))) {
    if (!can.devices.get(device)) missing.push(`${qemu} has no device ${device}`);
  }
  for (const { device, property } of needs.properties) {
    const has = can.devices.get(device);
    if (has && !has.has(property)) missing.push(`${device} of ${qemu} has no property ${property}`);
  }
  return missing;
}

function machineSentence(machine: string, qemu: string): string {
  const known = `${qemu} has no machine type ${machine}`;
  return /\+pve\d+$/.test(machine) ? `${known}: the ending +pveN exists only in Proxmox's QEMU` : known;
}
