import { since } from './machine.ts';
import { valueOf } from './parse.ts';
import { devices, option, type Part, type Setting } from './part.ts';
import { pciAddress } from './pci.ts';
import { propertyMap } from './property-string.ts';

/** QEMU's device by Proxmox's word for it (qemu-server PVE/QemuServer.pm, $vga_map); virtio-gl needs the host's GPU. */
const DEVICES: ReadonlyMap<string, string> = new Map([
  ['cirrus', 'cirrus-vga'],
  ['std', 'VGA'],
  ['vmware', 'vmware-svga'],
  ['virtio', 'virtio-vga'],
  ['virtio-gl', 'virtio-vga'],
]);

/** The emulated display, at the place where Proxmox has it. Source: PVE/QemuServer.pm, print_vga_device. */
export function display(setting: Setting): Part {
  const { config, machine } = setting;
  const kind = machine.vga;
  if (isHeadless(kind)) return { argv: ['-vga', 'none'] };
  const screens = screensOf(kind);
  const memory = propertyMap(valueOf(config, 'vga'), 'type').get('memory');
  const place = machine.q35 ? 'bus=pcie.0,addr=0x1' : pciAddress('vga');
  const noEdid = kind === 'std' && machine.windows > 0 && !machine.ovmf ? ',edid=off' : '';
  const type = screens > 0 ? 'qxl-vga' : (DEVICES.get(kind) ?? 'VGA');
  const first = `${type},id=vga${memoryOption(kind, memory)}${outputs(setting, screens)},${place}${noEdid}`;
  return {
    argv: ['-vga', 'none', ...devices(first)],
    notHonoured: kind === 'virtio-gl' ? ['vga.type virtio-gl (virtio is used)'] : [],
  };
}

/**
 * What comes with the display after the agent: a channel for SPICE or a clipboard, to which nobody is connected here,
 * and the further cards of qxl2 to qxl4 for Windows.
 */
export function displayExtras({ config, machine }: Setting): Part {
  const screens = screensOf(machine.vga);
  const vga = propertyMap(valueOf(config, 'vga'), 'type');
  const spice = screens > 0 || machine.vga.startsWith('virtio');
  if (!spice && !vga.has('clipboard')) return { argv: [] };
  const memory = vga.get('memory');
  const size =
    memory === undefined ? ',ram_size=67108864,vram_size=33554432' : memoryOption(machine.vga, memory);
  const ram = memory === undefined ? 134217728 : screens * 4 * Number(memory) * 2 ** 20;
  const wide =
    screens > 1 && machine.windows === 0
      ? ['-global', `qxl-vga.ram_size=${ram}`, '-global', `qxl-vga.vram_size=${ram / 2}`]
      : [];
  const cards = machine.windows > 0 ? Array.from({ length: Math.max(0, screens - 1) }, (_, i) => i + 1) : [];
  return {
    argv: [
      ...wide,
      ...devices(...cards.map((n) => `qxl,id=vga${n}${size},${pciAddress(`vga${n}`)}`)),
      ...devices(`virtio-serial-pci,id=spice,${pciAddress('spice')}`),
      ...['-chardev', 'null,id=vdagent'],
      ...devices('virtserialport,bus=spice.0,chardev=vdagent,name=com.redhat.spice.0'),
    ],
  };
}

export function isHeadless(kind: string): boolean {
  return kind === 'none' || kind.startsWith('serial');
}

/** How many screens a QXL display has; 0 for any other kind. */
export function screensOf(kind: string): number {
  const [whole, count = '1'] = /^qxl([234])?$/.exec(kind) ?? [];
  return whole === undefined ? 0 : Number(count);
}

function outputs({ machine }: Setting, screens: number): string {
  const many = screens > 0 && /^(?:other|l2[46])$/.test(machine.ostype) && since(machine, 4, 1);
  return option('max_outputs', many ? 4 : null);
}

/** MiB, which Proxmox gives in another way to each kind. */
function memoryOption(kind: string, mebibytes: string | undefined): string {
  if (mebibytes === undefined) return '';
  const size = Number(mebibytes);
  if (kind.startsWith('virtio')) return option('max_hostmem', size * 2 ** 20);
  const more = screensOf(kind) > 0 ? `,ram_size_mb=${size * 4},vram_size_mb=${size * 2}` : '';
  return `${option('vgamem_mb', size)}${more}`;
}
