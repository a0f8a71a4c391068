import type { Examples } from './of-signature.ts';

/** Lines for the tests of `OPREGION`. */
export const OPREGION_EXAMPLES: Examples = {
  'opregion-missing': {
    matches: [
      'kvm: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device',
      'kvm: vfio 0000:00:02.0: Device does not supports IGD OpRegion feature: No such device',
    ],
    not: ['kvm: info: OpRegion detected on Intel display 46d1.'],
  },
  'opregion-access': {
    matches: ['kvm: IGD device 0000:00:02.0 does not support OpRegion access,legacy mode disabled'],
    not: ['kvm: IGD device 0000:00:02.0 does not support LPC bridge access,legacy mode disabled'],
  },
  'opregion-found': {
    matches: ['kvm: -device vfio-pci,host=0000:00:02.0: info: OpRegion detected on Intel display 46d1.'],
    not: ['kvm: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device'],
  },
  'igd-regions': {
    matches: ['vfio-pci 0000:00:02.0: Failed to setup Intel IGD regions'],
    not: ['vfio-pci 0000:00:02.0: enabling device (0000 -> 0003)'],
  },
};
