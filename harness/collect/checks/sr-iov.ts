import { notOk, ok, unknown, type Check } from '../check.ts';
import { sysfsDevices } from '../sysfs-devices.ts';

export const srIov: Check = {
  id: 'sr-iov',
  what: 'virtual functions and the whole device are not mixed',
  needs: ['devices', 'vm-config', 'qemu-command-line'],
  look({ igpu, vf, passed, text }) {
    const all = sysfsDevices(text('devices') ?? '');
    const physical = all.find(({ totalVfs }) => totalVfs !== null) ?? null;
    if (vf) {
      if (all.some(({ address }) => address === passed?.host))
        return ok(`${passed?.host ?? ''} exists`, `sriov_numvfs: ${physical?.vfs ?? 0}`);
      if (text('devices') === null) return unknown('PCI devices cannot be seen');
      return notOk(
        `${passed?.host ?? ''} does not exist: the virtual functions are not made`,
        [
          `sriov_numvfs: ${physical?.vfs ?? 'not there'}`,
          `sriov_totalvfs: ${physical?.totalVfs ?? 'not there'}`,
        ],
        'Load a driver with SR-IOV (i915-sriov-dkms, or xe where it has it), then write their number to sriov_numvfs.',
      );
    }
    if (igpu === null) return unknown('no iGPU is known');
    const proof = `sriov_numvfs: ${igpu.vfs ?? 'not there'}`;
    if ((igpu.vfs ?? 0) === 0) return ok('no virtual functions exist', proof);
    if (passed === null)
      return ok(`${igpu.vfs ?? 0} virtual functions exist; pass those, not ${igpu.address}`, proof);
    return notOk(
      'virtual functions exist, and the VM gets the whole device: they vanish with it',
      [proof],
      `Pass a virtual function (${igpu.address.replace(/0$/, '1')}), or make none: sriov_numvfs 0.`,
    );
  },
};
