import { igpuFamily } from '../../igpu/families.ts';
import { notOk, ok, unknown, type Check } from '../check.ts';
import { nameOf } from '../host-facts.ts';

export const igpuPresent: Check = {
  id: 'igpu',
  what: 'an Intel iGPU is there',
  needs: ['devices', 'vm-config'],
  look({ igpu, text, why }) {
    const change = 'Turn the iGPU on in the firmware set-up (Internal Graphics, iGPU Multi-Monitor).';
    if (igpu !== null) {
      const proof = `/sys/bus/pci/devices/${igpu.address}: ${igpu.id}`;
      if (igpuFamily(igpu.id) !== null) return ok(`${nameOf(igpu.id)} at ${igpu.address}`, proof);
      return unknown(
        `${igpu.id} at ${igpu.address} is an Intel device that is no iGPU known here`,
        'code43 igpu names those that are.',
      );
    }
    if (text('devices') !== null || why('devices').startsWith('none of '))
      return notOk(
        'this host shows no Intel graphics device',
        [text('devices') === null ? why('devices') : ''].filter((line) => line !== ''),
        change,
      );
    return unknown(
      `PCI devices cannot be seen: ${why('devices')}`,
      'Run this on the host itself, or with --host.',
    );
  },
};
