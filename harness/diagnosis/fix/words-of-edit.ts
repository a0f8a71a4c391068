import type { VmEdit } from '../finding.ts';

/** An edit as a line for a Proxmox config that is not at hand; `…` stands for what the line has already. */
export function proxmoxLine(edit: VmEdit): string {
  const device = edit.device ?? 'hostpci0';
  switch (edit.edit) {
    case 'romfile':
      return `${device}: …,romfile=${edit.file}`;
    case 'no-romfile':
      return `${device}: without romfile=…`;
    case 'device-property':
      return edit.value === null
        ? `args: without -set device.${device}.${edit.name}=…`
        : `args: … -set device.${device}.${edit.name}=${edit.value}`;
    case 'guest-address':
      return `args: … -set device.${device}.bus=${edit.bus} -set device.${device}.addr=0x${edit.slot.toString(16).padStart(2, '0')}.0`;
    case 'machine':
      return `machine: ${edit.type === 'q35' ? 'q35' : 'pc'}`;
    case 'display':
      return `vga: ${edit.value}`;
    case 'cpu-hidden':
      return edit.hidden
        ? 'cpu: host,hidden=1'
        : 'cpu: without hidden=1; args: without kvm=off and -hypervisor';
    case 'phys-bits-limit':
      return `cpu: host,phys-bits=${edit.bits}`;
    case 'ballooning':
      return edit.on ? 'without balloon: 0' : 'balloon: 0';
    case 'host-device':
      return `${device}: ${edit.to},…`;
    case 'hostpci':
      return edit.value === null
        ? `${device}: without ${edit.name}=…`
        : `${device}: …,${edit.name}=${edit.value}`;
    case 'args':
      return `args: ${edit.to}`;
  }
}
