import { netsOf } from '../../../vmconfig/boot-order.ts';
import { devices, option, type Setting } from '../../../vmconfig/part.ts';
import { pciAddress } from '../../../vmconfig/pci.ts';
import { propertyMap } from '../../../vmconfig/property-string.ts';

/** One network card of a config. */
export function readCard(value: string): {
  readonly model: string;
  readonly mac: string | null;
  readonly bridge: string | null;
} {
  const given = propertyMap(value, 'model');
  const [short] = [...given].filter(([, each]) => /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(each));
  return {
    model: given.get('model') ?? short?.[0] ?? '',
    mac: given.get('macaddr') ?? short?.[1] ?? null,
    bridge: given.get('bridge') ?? null,
  };
}

export function networkCards(vmid: number, setting: Setting): string[] {
  return netsOf(setting.config).flatMap(({ id, index, value }) => {
    const { model, mac } = readCard(value);
    const virtio = model === 'virtio';
    const scripts = '/usr/libexec/qemu-server/pve-bridge';
    return [
      '-netdev',
      `type=tap,id=${id},ifname=tap${vmid}i${index},script=${scripts},downscript=${scripts}down`,
      ...devices(
        `${virtio ? 'virtio-net-pci' : model}${option('mac', mac)},netdev=${id},${pciAddress(id)},id=${id}` +
          (virtio ? ',rx_queue_size=1024,tx_queue_size=256' : '') +
          option('bootindex', setting.bootOrder.get(id)) +
          (virtio ? ',host_mtu=1500' : ''),
      ),
    ];
  });
}
