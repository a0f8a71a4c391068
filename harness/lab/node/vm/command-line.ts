import { join } from 'node:path';
import { bootOrder } from '../../../vmconfig/boot-order.ts';
import { qemuCpu } from '../../../vmconfig/cpu.ts';
import { display, isHeadless } from '../../../vmconfig/display.ts';
import { memory } from '../../../vmconfig/memory.ts';
import { devices, type Setting } from '../../../vmconfig/part.ts';
import { pciAddress } from '../../../vmconfig/pci.ts';
import { propertyMap } from '../../../vmconfig/property-string.ts';
import { balloon, chipset, clock, rng, tablet } from '../../../vmconfig/small-devices.ts';
import { NotInStandIn } from '../refusal.ts';
import { drives } from './drives.ts';
import { firmware } from './firmware.ts';
import { hostDevices } from './host-devices.ts';
import { describe } from './machine.ts';
import { networkCards } from './network-cards.ts';
import { PLACES } from '../places.ts';
import { pathOf } from './running.ts';
import { shellWords } from './shell-words.ts';

/**
 * QEMU's command line as Proxmox makes it of a section of a config, word by word: `qm showcmd` prints it. The order is
 * that of the transcripts of `qm showcmd`; keys that do not occur in them are written from qemu-server's sources.
 *
 * @throws Refusal Proxmox refuses the config only when it makes the command line; NotInStandIn
 */
export function commandLine(vmid: number, entries: ReadonlyMap<string, string>): readonly string[] {
  const { config, machine, type, name } = describe(vmid, entries);
  if (entries.has('tpmstate0') || entries.has('audio0')) throw new NotInStandIn('a TPM or a sound card');
  const setting: Setting = { config, machine, bootOrder: bootOrder(config), path: () => '' };
  const given = (key: string): string | null => entries.get(key) ?? null;
  const [smp = '', cpus = '', m = '', size = ''] = memory(config).argv;
  const chips = chipset(setting);
  const time = clock(setting);
  const code = firmware(entries, machine);
  const disks = drives(setting);
  const uuid = propertyMap(given('smbios1'), '').get('uuid');
  const accel = machine.kvm ? [] : ['accel=tcg'];
  const flags = [...code.flags, ...(time.flags ?? []), ...accel, ...(chips.flags ?? []), `type=${type}`];
  return [
    '/usr/bin/kvm',
    ...['-id', String(vmid), '-name', `${name},debug-threads=on`, '-no-shutdown'],
    ...['-chardev', `socket,id=qmp,path=${pathOf(vmid, 'qmp')},server=on,wait=off`],
    ...['-mon', 'chardev=qmp,mode=control'],
    ...['-chardev', `socket,id=qmp-event,path=${PLACES.events},reconnect-ms=5000`],
    ...['-mon', 'chardev=qmp-event,mode=control', '-pidfile', pathOf(vmid, 'pid'), '-daemonize'],
    ...(uuid === undefined ? [] : ['-smbios', `type=1,uuid=${uuid}`]),
    ...code.argv,
    ...[smp, cpus, '-nodefaults'],
    ...['-boot', 'menu=on,strict=on,reboot-timeout=1000,splash=/usr/share/qemu-server/bootsplash.jpg'],
    ...screen(vmid, machine.vga),
    ...(machine.windows >= 6 ? ['-global', 'kvm-pit.lost_tick_policy=discard'] : []),
    ...['-cpu', qemuCpu(given('cpu'), machine).argument, m, size],
    ...disks.objects,
    ...chips.argv,
    ...buses(machine.q35, given('scsihw')),
    ...devices(...(given('vmgenid') === null ? [] : [`vmgenid,guid=${given('vmgenid') ?? ''}`])),
    ...(machine.q35 ? [] : devices('piix3-usb-uhci,id=uhci,bus=pci.0,addr=0x1.0x2')),
    ...tablet(setting).argv,
    ...hostDevices(entries, machine),
    ...serialPorts(vmid, entries),
    ...(isHeadless(machine.vga) ? [] : display(setting).argv.slice(2)),
    ...agent(vmid, given('agent')),
    ...rng(setting).argv,
    ...balloon(setting).argv,
    ...disks.argv,
    ...networkCards(vmid, setting),
    ...rtc(time.argv),
    ...['-machine', flags.join(',')],
    ...shellWords(given('args') ?? ''),
  ];
}

/** A display that can be seen gets a VNC server. */
function screen(vmid: number, kind: string): string[] {
  if (isHeadless(kind)) return [...(kind === 'none' ? ['-vga', 'none'] : []), '-nographic'];
  return ['-vnc', `unix:${join(PLACES.running, `${vmid}.vnc`)},password=on`];
}

function buses(q35: boolean, scsihw: string | null): string[] {
  if (q35) return ['-readconfig', '/usr/share/qemu-server/pve-q35-4.0.cfg'];
  const wanted = scsihw === 'virtio-scsi-single' ? [1, 2, 3] : [1, 2];
  return devices(...wanted.map((n) => `pci-bridge,id=pci.${n},chassis_nr=${n},${pciAddress(`pci.${n}`)}`));
}

function serialPorts(vmid: number, entries: ReadonlyMap<string, string>): string[] {
  const ports = [...entries].filter(([key]) => /^serial\d$/.test(key)).sort();
  return ports.flatMap(([id, value]) => {
    if (value !== 'socket') throw new NotInStandIn(`${id}: ${value}`);
    const path = join(PLACES.running, `${vmid}.${id}`);
    return [
      '-chardev',
      `socket,id=${id},path=${path},server=on,wait=off`,
      ...devices(`isa-serial,chardev=${id}`),
    ];
  });
}

function agent(vmid: number, value: string | null): string[] {
  const given = propertyMap(value, 'enabled');
  if (!/^(?:1|yes|on|true)$/.test(given.get('enabled') ?? '')) return [];
  const path = pathOf(vmid, 'qga');
  const device =
    given.get('type') === 'isa'
      ? devices('isa-serial,chardev=qga0')
      : devices(
          `virtio-serial,id=qga0,${pciAddress('qga0')}`,
          'virtserialport,chardev=qga0,name=org.qemu.guest_agent.0',
        );
  return ['-chardev', `socket,path=${path},server=on,wait=off,id=qga0`, ...device];
}

function rtc(argv: readonly string[]): readonly string[] {
  const at = argv.indexOf('-rtc');
  return at < 0 ? [] : argv.slice(at, at + 2);
}
