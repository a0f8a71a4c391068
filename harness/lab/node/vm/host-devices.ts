import { parseHostpci } from '../../../vmconfig/hostpci.ts';
import type { Machine } from '../../../vmconfig/machine.ts';
import { devices } from '../../../vmconfig/part.ts';
import { pciAddress } from '../../../vmconfig/pci.ts';
import { propertyMap } from '../../../vmconfig/property-string.ts';
import { functionsAt } from '../pci/devices.ts';
import { PLACES } from '../places.ts';
import { NotInStandIn } from '../refusal.ts';
import { refusal } from '../refusals.ts';

/** The `hostpciN` of a config with the functions of the host that they pass. @throws Refusal a device is not there */
export function passedFunctions(
  entries: ReadonlyMap<string, string>,
): readonly { readonly key: string; readonly value: string; readonly functions: readonly string[] }[] {
  const keys = [...entries].filter(([key]) => /^hostpci\d+$/.test(key)).sort();
  return keys.map(([key, value]) => {
    const { hosts, mapping } = parseHostpci(value);
    if (mapping !== null) throw refusal('noMapping', mapping);
    const functions = hosts.flatMap((host) => {
      const found = functionsAt(host);
      if (found.length === 0) throw refusal('noDevice', host);
      return found;
    });
    return { key, value, functions };
  });
}

/** The passed devices as Proxmox writes them (qemu-server PVE/QemuServer/PCI.pm, print_hostpci_devices). */
export function hostDevices(entries: ReadonlyMap<string, string>, machine: Machine): string[] {
  return passedFunctions(entries).flatMap(({ key, value, functions }) => {
    const passed = parseHostpci(value);
    const { bus, addr } = place(key, passed, machine, entries);
    const several = functions.length > 1;
    const others = [...passed.others].map(([name, id]) => `,x-pci-${name}=${id}`);
    const first =
      (passed.rombar ? '' : ',rombar=0') +
      (passed.xVga && !machine.ovmf ? ',x-vga=on' : '') +
      (several ? ',multifunction=on' : '') +
      (passed.romfile === null ? '' : `,romfile=${PLACES.roms}/${passed.romfile}`) +
      others.join('');
    return devices(
      ...functions.map((host, n) => {
        const [id, at] = several ? [`${key}.${n}`, `${addr}.${n}`] : [key, addr];
        return `vfio-pci,host=${host},id=${id},${bus},addr=${at}${n === 0 ? first : ''}`;
      }),
    );
  });
}

function place(
  key: string,
  { pcie, legacyIgd }: ReturnType<typeof parseHostpci>,
  { q35, vga }: Machine,
  entries: ReadonlyMap<string, string>,
): { readonly bus: string; readonly addr: string } {
  const index = Number(key.slice('hostpci'.length));
  if (legacyIgd) {
    if (vga !== 'none') throw refusal('legacyNeedsNoVga');
    if (q35 || propertyMap(entries.get(key) ?? null, 'host').get('rombar') === '0')
      throw new NotInStandIn('legacy IGD assignment on q35 or without rombar');
    return { bus: 'bus=pci.0', addr: '0x2' };
  }
  if (pcie) {
    if (!q35) throw refusal('noPcie');
    if (index > 3) throw new NotInStandIn(`${key} with pcie=1`);
    return { bus: `bus=ich9-pcie-port-${index + 1}`, addr: '0x0' };
  }
  const [bus = '', addr = ''] = pciAddress(key).split(',addr=');
  return { bus, addr };
}
