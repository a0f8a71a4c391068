import { notOk, ok, unknown, type Check } from '../check.ts';
import type { SysfsDevice } from '../sysfs-devices.ts';

/** Names under which a console of the firmware’s keeps a BAR (drivers/firmware/sysfb.c, drivers/video/fbdev). */
const FRAMEBUFFER = /BOOTFB|efifb|simplefb|simple-framebuffer|simpledrm|vesafb/i;
const LINE = /^\s*([0-9a-f]{1,16})-([0-9a-f]{1,16}) : (.+)$/;

export const bars: Check = {
  id: 'bars',
  what: 'nobody else holds the device’s memory',
  needs: ['devices', 'iomem', 'kernel-command-line'],
  look({ igpu, text, why }) {
    if (igpu === null) return unknown('no iGPU is known');
    if (igpu.ranges.length === 0) return unknown('sysfs shows no memory of the device');
    const iomem = text('iomem');
    if (iomem === null) return unknown(why('iomem'), 'Run this as root.');
    const holders = holdersOf(igpu, iomem);
    const framebuffers = holders.filter((line) => FRAMEBUFFER.test(line));
    if (framebuffers.length === 0)
      return ok('no framebuffer of the host stands in its BARs', ...holders.slice(0, 4));
    return notOk(
      'a framebuffer of the host holds a BAR: vfio-pci cannot reserve it, and the guest cannot map it',
      framebuffers,
      'Add initcall_blacklist=sysfb_init to the kernel command line and restart the host.',
    );
  },
};

/** Lines of /proc/iomem that lie in one of the BARs. */
function holdersOf({ ranges }: SysfsDevice, iomem: string): readonly string[] {
  return iomem.split('\n').flatMap((line) => {
    const [, from = '', to = '', name = ''] = LINE.exec(line) ?? [];
    if (name === '') return [];
    const [first, last] = [BigInt(`0x${from}`), BigInt(`0x${to}`)];
    const bar = ranges.find((range) => first >= range.from && last <= range.to);
    return bar === undefined ? [] : [`BAR ${bar.bar}: ${line.trim()}`];
  });
}
