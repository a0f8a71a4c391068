import { isHeadless, screensOf } from './display.ts';
import { splitKey } from './keys.ts';
import { isSet, since } from './machine.ts';
import { valueOf } from './parse.ts';
import { devices, option, type Part, type Setting } from './part.ts';
import { pciAddress } from './pci.ts';
import { isOn, propertyMap } from './property-string.ts';

const BYTES = '1024';
const MILLISECONDS = '1000';

/** The tablet that gives a pointer its place; Proxmox leaves it out for QXL and for a serial display. */
export function tablet({ config, machine }: Setting): Part {
  const wanted = screensOf(machine.vga) === 0 && !machine.vga.startsWith('serial');
  if (!isSet(config, 'tablet', wanted)) return { argv: [] };
  return { argv: devices(`usb-tablet,id=tablet,bus=${machine.q35 ? 'ehci' : 'uhci'}.0,port=1`) };
}

/**
 * Serial ports. The first is the console that the caller attaches, whether the config has one or not; at the others
 * nobody listens. Source: qemu-server PVE/QemuServer.pm, config_to_command.
 */
export function serialPorts({ config }: Setting): Part {
  const ports = config.entries.filter(({ key }) => splitKey(key).family === 'serial').map(({ key }) => key);
  const others = ports.sort().slice(1);
  return {
    argv: others.flatMap((id) => ['-chardev', `null,id=${id}`, '-device', `isa-serial,chardev=${id}`]),
  };
}

/** Source: PVE/QemuServer.pm, audio_devs. What is played is heard by nobody. */
export function audio({ config }: Setting): Part {
  const value = valueOf(config, 'audio0');
  if (value === null) return { argv: [] };
  const device = propertyMap(value, 'device').get('device') ?? 'ich9-intel-hda';
  const [id, backend, place] = ['audiodev0', 'audiodev=none-backend0', pciAddress('audio0')];
  const card =
    device === 'AC97'
      ? [`AC97,id=${id},${place},${backend}`]
      : [
          `${device},id=${id},${place}`,
          `hda-micro,id=${id}-codec0,bus=${id}.0,cad=0,${backend}`,
          `hda-duplex,id=${id}-codec1,bus=${id}.0,cad=1,${backend}`,
        ];
  return { argv: ['-audiodev', 'none,id=none-backend0', ...devices(...card)] };
}

/** Source: PVE/QemuServer/RNG.pm. */
export function rng({ config }: Setting): Part {
  const value = valueOf(config, 'rng0');
  if (value === null) return { argv: [] };
  const given = propertyMap(value, 'source');
  const bytes = given.get('max_bytes') ?? BYTES;
  const limit =
    Number(bytes) === 0 ? '' : `,max-bytes=${bytes},period=${given.get('period') ?? MILLISECONDS}`;
  return {
    argv: [
      ...['-object', 'rng-random,filename=/dev/urandom,id=rng0'],
      ...devices(`virtio-rng-pci,rng=rng0${limit},${pciAddress('rng0')}`),
    ],
  };
}

/** Proxmox also asks the guest to give memory back down to the number; here it keeps all of it. */
export function balloon({ config, machine }: Setting): Part {
  const value = valueOf(config, 'balloon');
  if (value !== null && Number(value) === 0) return { argv: [] };
  const reporting = since(machine, 6, 2) ? ',free-page-reporting=on' : '';
  const memory = propertyMap(valueOf(config, 'memory'), 'current').get('current') ?? '512';
  return {
    argv: devices(`virtio-balloon-pci,id=balloon0,${pciAddress('balloon0')}${reporting}`),
    notHonoured:
      value === null || value === memory ? [] : ['balloon (the device is there, its target is not set)'],
  };
}

/** `-smbios` of type 1 and the generation id. Source: PVE/QemuServer.pm, config_to_command. */
export function identity({ config }: Setting): Part {
  const given = propertyMap(valueOf(config, 'smbios1'), '');
  const [uuid, generation] = [given.get('uuid'), valueOf(config, 'vmgenid')];
  const others = [...given.keys()].filter((name) => name !== 'uuid' && name !== 'base64');
  return {
    argv: [
      ...(uuid === undefined ? [] : ['-smbios', `type=1,uuid=${uuid}`]),
      ...(generation === null || generation.length === 1 ? [] : devices(`vmgenid,guid=${generation}`)),
    ],
    notHonoured: [
      ...others.map((name) => `smbios1.${name}`),
      ...(generation === '1' ? ['vmgenid (1 gives an id only when Proxmox makes the VM)'] : []),
    ],
  };
}

/** Source: PVE/QemuServer/Cfg2Cmd/Timer.pm. */
export function clock({ config, machine }: Setting): Part {
  const { windows, kvm, ostype } = machine;
  const date = valueOf(config, 'startdate') ?? 'now';
  const local = isSet(config, 'localtime', windows >= 5);
  const base = date !== 'now' ? date : local ? 'localtime' : null;
  const rtc = [...(windows >= 5 ? ['driftfix=slew'] : []), ...(base === null ? [] : [`base=${base}`])];
  const noHpet = windows >= 6 || (ostype === 'l26' && since(machine, 10, 1));
  return {
    argv: [
      // The timer of KVM; emulation has another.
      ...(windows >= 6 && kvm ? ['-global', 'kvm-pit.lost_tick_policy=discard'] : []),
      ...(rtc.length > 0 ? ['-rtc', rtc.join(',')] : []),
    ],
    flags: noHpet ? ['hpet=off'] : [],
  };
}

/** S3 and S4, the IOMMU, and SMM. Source: PVE/QemuServer/Machine.pm, get_power_state_flags; should_disable_smm. */
export function chipset({ config, machine }: Setting): Part & {
  /** Devices that stand before, and after, all others. */
  readonly first: readonly string[];
  readonly last: readonly string[];
} {
  const given = propertyMap(valueOf(config, 'machine'), 'type');
  const byDefault = !since(machine, 9, 2, 1);
  const power = machine.q35 ? 'ICH9-LPC' : 'PIIX4_PM';
  const states = ['s3', 's4'].filter((state) => !isOn(given.get(`enable-${state}`), byDefault));
  const viommu = given.get('viommu');
  const bits = option('aw-bits', given.get('aw-bits'));
  // Proxmox starts no VM with Intel's on i440fx.
  const intel = viommu === 'intel' && machine.q35;
  return {
    first: intel ? devices(`intel-iommu,intremap=on,caching-mode=on${bits}`) : [],
    last: viommu === 'virtio' ? devices(`virtio-iommu-pci${bits}`) : [],
    argv: states.flatMap((state) => ['-global', `${power}.disable_${state}=1`]),
    flags: [
      ...(!machine.ovmf && isHeadless(machine.vga) ? ['smm=off'] : []),
      // Emulation has one interrupt chip only.
      ...(intel && machine.kvm ? ['kernel-irqchip=split'] : []),
    ],
    notHonoured: viommu === 'intel' && !machine.q35 ? ['machine.viommu (needs q35)'] : [],
  };
}
