import { notOk, ok, unknown, type Check } from '../check.ts';
import { linesWith } from '../host-state.ts';

export const interruptRemapping: Check = {
  id: 'interrupt-remapping',
  what: 'interrupts are remapped',
  needs: ['interrupts', 'vfio', 'module-options', 'kernel-log'],
  look({ text, why }) {
    const counted = /^(\d{1,6})$/m.exec(text('interrupts') ?? '')?.[1];
    if (counted === undefined) return unknown(why('interrupts'), 'Look for IR- in /proc/interrupts.');
    if (Number(counted) > 0) return ok(`${counted} interrupts go through the IOMMU`, '/proc/interrupts: IR-');
    const unsafe = linesWith(text('vfio'), /allow_unsafe_interrupts:Y/);
    if (unsafe.length > 0) return ok('they are not, and the host allows that', ...unsafe);
    return notOk(
      'they are not: VFIO refuses the device, unless it is told that this is accepted',
      ['/proc/interrupts has no IR-', ...linesWith(text('kernel-log'), /DMAR-IR|interrupt remapping/i, 3)],
      'Turn VT-d, and x2APIC where it is offered, on in the firmware set-up.',
      'Only where the board cannot: options vfio_iommu_type1 allow_unsafe_interrupts=1 in /etc/modprobe.d/vfio.conf',
    );
  },
};
