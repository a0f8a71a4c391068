import { netsOf } from './boot-order.ts';
import { since } from './machine.ts';
import { devices, option, type Part, type Setting } from './part.ts';
import { pciAddress } from './pci.ts';
import { propertyMap } from './property-string.ts';

/** How the host carries the packets on: a guest does not see it. */
const HOST_SIDE = new Set(['model', 'macaddr', 'bridge', 'firewall', 'rate', 'tag', 'trunks']);
const ALIASES: Readonly<Record<string, string>> = { virtio: 'virtio-net-pci', 'e1000-82540em': 'e1000' };

/**
 * Network cards with their MAC addresses on a network of their own: `restrict=on` lets nothing out of it and nothing
 * in. Source: qemu-server PVE/QemuServer.pm, print_netdevice_full; PVE/QemuServer/Network.pm, $net_fmt.
 */
export function network(setting: Setting): Part {
  const cards = netsOf(setting.config).map(({ id, value }) => card(id, propertyMap(value, 'model'), setting));
  return {
    argv: cards.flatMap(({ argv }) => argv),
    notHonoured: cards.flatMap(({ notHonoured }) => notHonoured ?? []),
  };
}

function card(id: string, given: ReadonlyMap<string, string>, { machine, bootOrder }: Setting): Part {
  // `virtio=BC:24:…` names the card and its address in one.
  const [short] = [...given].filter(([, value]) => /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(value));
  const model = given.get('model') ?? short?.[0] ?? 'e1000';
  const virtio = model === 'virtio';
  const mac = given.get('macaddr') ?? short?.[1];
  const mtu = Number(given.get('mtu') ?? '1');
  const queues = virtio && since(machine, 7, 1) ? ',rx_queue_size=1024,tx_queue_size=256' : '';
  const device =
    `${ALIASES[model] ?? model}${option('mac', mac)},netdev=${id},${pciAddress(id)},id=${id}${queues}` +
    option('bootindex', bootOrder.get(id)) +
    option('host_mtu', virtio && mtu > 1 ? mtu : null);
  const known = new Set([...HOST_SIDE, model, ...(virtio ? ['mtu'] : [])]);
  return {
    argv: ['-netdev', `user,id=${id},restrict=on`, ...devices(device)],
    notHonoured: [...given.keys()].filter((name) => !known.has(name)).map((name) => `${id}.${name}`),
  };
}
