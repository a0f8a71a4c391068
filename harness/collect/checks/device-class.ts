import { notAsked, notOk, ok, unknown, type Check } from '../check.ts';

const FIRMWARE =
  'In the firmware set-up, make the internal graphics the primary display (IGFX, Internal Graphics), with a monitor or a dummy plug on it.';

export const deviceClass: Check = {
  id: 'class',
  what: 'the iGPU is a VGA controller',
  needs: ['devices', 'vm-config', 'qemu-command-line'],
  look({ igpu, vf }) {
    if (vf) return notAsked('a virtual function is none, and need not be');
    if (igpu === null) return unknown('no iGPU is known');
    const proof = `/sys/bus/pci/devices/${igpu.address}/class: 0x${igpu.deviceClass}`;
    if (igpu.deviceClass.startsWith('0300')) return ok('its class is 0300', proof);
    return notOk(
      `its class is ${igpu.deviceClass.slice(0, 4)}: the firmware did not set it up as a display`,
      [proof],
      FIRMWARE,
    );
  },
};

export const primary: Check = {
  id: 'primary',
  what: 'the iGPU is the host’s first display',
  needs: ['devices', 'vm-config', 'qemu-command-line'],
  look({ igpu, vf }) {
    if (vf) return notAsked('it does not matter for a virtual function');
    if (igpu === null) return unknown('no iGPU is known');
    const path = `/sys/bus/pci/devices/${igpu.address}/boot_vga`;
    if (igpu.bootVga === null) return unknown(`${path} is not there`);
    if (igpu.bootVga) return ok('the firmware started it first', `${path}: 1`);
    return notOk(
      'another display came first: the firmware may have left the iGPU without OpRegion and VBIOS',
      [`${path}: 0`],
      FIRMWARE,
    );
  },
};
