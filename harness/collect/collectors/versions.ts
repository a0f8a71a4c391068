import type { Collector } from '../collector.ts';

export const pveVersions: Collector = {
  id: 'pve-versions',
  file: 'pve-versions.txt',
  what: 'versions of Proxmox VE',
  limit: { seconds: 30, bytes: 65_536 },
  whenMissing: 'no Proxmox VE here; say which hypervisor it is',
  gather: async (ask) => [
    await ask.first(
      () => ask.out('pveversion', '-v'),
      () => ask.out('pveversion'),
    ),
  ],
};

export const qemuVersion: Collector = {
  id: 'qemu-version',
  file: 'qemu-version.txt',
  what: 'version of QEMU',
  limit: { seconds: 15, bytes: 65_536 },
  whenMissing: 'say which version of QEMU runs the VM',
  async gather(ask) {
    const { how, text, cut } = await ask.first(
      () => ask.out('kvm', '--version'),
      () => ask.out('qemu-system-x86_64', '--version'),
      () => ask.out('/usr/libexec/qemu-kvm', '--version'),
    );
    // The other lines are the copyright.
    return [{ how, text: `${text.split('\n')[0] ?? ''}\n`, cut }];
  },
};
