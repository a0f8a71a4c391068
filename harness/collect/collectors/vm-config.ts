import type { Collector } from '../collector.ts';

export const vmConfig: Collector = {
  id: 'vm-config',
  file: 'vm.conf',
  what: 'the VM’s config',
  limit: { seconds: 15, bytes: 262_144 },
  whenMissing: 'give the VM’s config, its libvirt XML or its QEMU command line',
  async gather(ask) {
    const vmid = String(ask.needVm());
    return [
      await ask.first(
        () => ask.file(`/etc/pve/qemu-server/${vmid}.conf`),
        () => ask.out('qm', 'config', vmid),
      ),
    ];
  },
};
