import { notOk, ok, unknown, type Check } from '../check.ts';

export const driver: Check = {
  id: 'driver',
  what: 'the right driver has the device on the host',
  needs: ['devices', 'vm-config', 'qemu-command-line'],
  look({ igpu, vf, text }) {
    if (igpu === null) return unknown('no iGPU is known');
    const link = `/sys/bus/pci/devices/${igpu.address}/driver -> ${igpu.driver ?? '(none)'}`;
    if (vf) return ofVf(igpu.physical, text('devices') ?? '', link);
    if (igpu.driver === 'vfio-pci') return ok('vfio-pci has it', link);
    if (igpu.driver === null)
      return ok('no driver has it; QEMU or Proxmox binds vfio-pci at the start', link);
    return notOk(
      `the host’s own ${igpu.driver} has it; taking it away at the VM’s start freezes some hosts`,
      [link],
      `Put "blacklist ${igpu.driver}" into /etc/modprobe.d/vfio.conf, run update-initramfs -u -k all, and restart the host.`,
    );
  },
};

/** A virtual function lives as long as the driver of its physical one. */
function ofVf(physical: string | null, devices: string, link: string) {
  const own = physical ?? '0000:00:02.0';
  const line = devices.split('\n').find((one) => one.startsWith(`/sys/bus/pci/devices/${own}/driver -> `));
  const name = line?.split('/').at(-1) ?? null;
  if (name === 'i915' || name === 'xe')
    return ok(`${name} has the physical function, which it must`, line ?? '', link);
  return notOk(
    `the physical function ${own} needs i915 or xe, and ${name ?? 'no driver'} has it`,
    [line ?? `/sys/bus/pci/devices/${own} has no driver`],
    'Take its id out of vfio-pci.ids, and no longer blacklist the driver that makes the virtual functions.',
  );
}
