import type { Examples } from './of-signature.ts';

/** Lines for the tests of `IGD_LEGACY`. */
export const IGD_LEGACY_EXAMPLES: Examples = {
  'igd-gen': {
    matches: ['kvm: IGD device 0000:00:02.0 is unsupported in legacy mode, try SandyBridge or newer'],
    not: ['kvm: IGD device 0000:00:02.0 has no ROM, legacy mode disabled'],
  },
  'igd-1f0': {
    matches: [
      'kvm: IGD device 0000:00:02.0 cannot support legacy mode due to existing devices at address 1f.0',
      'kvm: vfio 0000:00:02.0: Cannot create LPC bridge due to existing device at 1f.0',
    ],
    not: ['kvm: VFIO dummy ISA/LPC bridge must have address 1f.0'],
  },
  'igd-norom': {
    matches: [
      'kvm: IGD device 0000:00:02.0 has no ROM, legacy mode disabled',
      'kvm: vfio 0000:00:02.0: Device has no ROM',
    ],
    not: ['kvm: IGD device 0000:00:02.0 hotplugged, ROM disabled, legacy mode disabled'],
  },
  'igd-hotplug': {
    matches: [
      'kvm: IGD device 0000:00:02.0 hotplugged, ROM disabled, legacy mode disabled',
      'kvm: vfio 0000:00:02.0: IGD OpRegion is not supported on hotplugged device',
      'kvm: warning: vfio 0000:00:02.0: OpRegion is not supported on hotplugged device',
    ],
    not: ['kvm: IGD device 0000:00:02.0 has no ROM, legacy mode disabled'],
  },
  'igd-bridge-access': {
    matches: [
      'kvm: IGD device 0000:00:02.0 does not support host bridge access,legacy mode disabled',
      'kvm: IGD LPC bridge access is not supported by kernel',
    ],
    not: ['kvm: IGD device 0000:00:02.0 does not support OpRegion access,legacy mode disabled'],
  },
  'igd-vga-access': {
    matches: [
      'kvm: IGD device 0000:00:02.0 failed to enable VGA access, legacy mode disabled',
      'kvm: vfio 0000:00:02.0: failed getting region info for VGA region index 8: Invalid argument',
      'kvm: vfio 0000:00:02.0: Unable to enable VGA access',
      'kvm: vfio 0000:00:02.0: device does not support requested feature x-vga',
    ],
    not: ['kvm: IGD device 0000:00:02.0 failed to create LPC bridge, legacy mode disabled'],
  },
  'igd-bridge-failed': {
    matches: [
      'kvm: IGD device 0000:00:02.0 failed to create LPC bridge, legacy mode disabled',
      'kvm: vfio 0000:00:02.0: Failed to create/modify LPC bridge for IGD',
      'kvm: IGD copy failed: Input/output error',
    ],
    not: ['kvm: IGD LPC bridge access is not supported by kernel'],
  },
  'igd-disabled': {
    matches: ['IGD legacy mode disabled'],
    not: ['kvm: info: IGD legacy mode enabled, use x-igd-legacy-mode=off to disable it if unwanted.'],
  },
  'igd-legacy-on': {
    matches: [
      'kvm: -device vfio-pci,host=0000:00:02.0: info: IGD legacy mode enabled, use x-igd-legacy-mode=off to disable it if unwanted.',
    ],
    not: ['IGD legacy mode disabled'],
  },
  'igd-legacy-illegal': {
    matches: [
      "kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: Machine is not i440fx, assigned BDF is not 00:02.0, or device 46d1 (gen 12) doesn't support legacy mode",
      'kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: Machine is not i440fx or assigned BDF is not 00:02.0',
    ],
    not: ['q35 machine model is not enabled'],
  },
  'igd-gms': {
    matches: [
      'kvm: Unsupported IGD GMS value 0x20',
      "kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: Parameter 'x-igd-gms' expects 0~0x40 or 0xf0~0xfe",
      'kvm: vfio 0000:00:02.0: x-igd-gms is not supported on this device',
    ],
    not: ["kvm: Parameter 'x-igd-opregion' expects 'on' or 'off'"],
  },
  'igd-bios': {
    matches: [
      'qemu: hardware error: vfio-igd: Guest attempted to program IGD GTT before BIOS reserved stolen memory.  Unsupported BIOS?',
    ],
    not: ['kvm: Unsupported IGD GMS value 0x20'],
  },
  'igd-lpc-address': {
    matches: [
      'kvm: -device vfio-pci-igd-lpc-bridge,addr=1e.0: VFIO dummy ISA/LPC bridge must have address 1f.0',
    ],
    not: ['kvm: Cannot create LPC bridge due to existing device at 1f.0'],
  },
};
