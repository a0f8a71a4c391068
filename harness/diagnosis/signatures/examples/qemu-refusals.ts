import type { Examples } from './of-signature.ts';

/** Lines for the tests of the `QEMU_…` signatures. */
export const QEMU_REFUSALS_EXAMPLES: Examples = {
  'slot-busy': {
    matches: [
      'kvm: -device vfio-pci,host=0000:00:02.0,id=hostpci0,bus=pci.0,addr=0x2: PCI: slot 2 function 0 not available for vfio-pci, in use by VGA,id=vga',
      'kvm: PCI: slot 2 function 0 already occupied by VGA',
    ],
    not: ['kvm: PCI: no slot/function available for vfio-pci, all in use or reserved'],
  },
  'no-slot': {
    matches: ['kvm: PCI: no slot/function available for vfio-pci, all in use or reserved'],
    not: ['kvm: PCI: slot 2 function 0 not available for vfio-pci, in use by VGA'],
  },
  'bus-not-found': {
    matches: ["kvm: -device vfio-pci,host=0000:00:02.0,bus=pcie.0,addr=0x2: Bus 'pcie.0' not found"],
    not: ["kvm: -device vfio-pci,x-igd-foo=on: Property 'vfio-pci.x-igd-foo' not found"],
  },
  'property-unknown': {
    matches: [
      "kvm: -device vfio-pci,host=0000:00:02.0,x-igd-lpc=on: Property 'vfio-pci.x-igd-lpc' not found",
      "kvm: -device vfio-pci,host=0000:00:02.0: Property '.x-igd-lpc' not found",
      "qemu says property 'vfio-pci.x-igd-gms' not found",
      'Property vfio-pci.x-igd-lpc not found',
      'qemu: property "x-igd-legacy-mode" is not found',
      'property x-igd-lpc does not exist',
      'it says unknown property x-igd-lpc',
      'VM does not start: no [legacy-igd] property in vfio-pci',
    ],
    not: [
      "kvm: -device vfio-pci,bus=pcie.0: Bus 'pcie.0' not found",
      'the property was not found in the docs',
      'no property of vfio-pci was changed',
      "file '/etc/pve/x' not found",
    ],
  },
  'property-type': {
    matches: [
      'qemu-system-x86_64: -device {"driver":"vfio-pci"}: Invalid parameter type for \'x-igd-legacy-mode\', expected: string',
      "kvm: -device vfio-pci,host=0000:00:02.0,x-igd-opregion=1: Parameter 'x-igd-opregion' expects 'on' or 'off'",
    ],
    not: ["kvm: vfio 0000:00:02.0: Parameter 'x-igd-gms' expects 0~0x10"],
  },
  'invalid-parameter': {
    matches: ["kvm: -machine pc,gfx_passthru=on,foo=1: Invalid parameter 'foo'"],
    not: ["qemu-system-x86_64: Invalid parameter type for 'x-igd-legacy-mode', expected: string"],
  },
  'args-no-device': {
    matches: ['kvm: -set device.hostpci0.x-igd-gms=0x2: there is no device "hostpci0" defined'],
    not: ["kvm: Duplicate ID 'hostpci0' for device"],
  },
  'device-model': {
    matches: ["kvm: -device vfio-pcie,host=0000:00:02.0: 'vfio-pcie' is not a valid device model name"],
    not: ["kvm: -device vfio-pci,foo=1: Property 'vfio-pci.foo' not found"],
  },
  'duplicate-id': {
    matches: [
      "kvm: -device vfio-pci,host=0000:00:02.0,id=hostpci0: Duplicate device ID 'hostpci0'",
      "kvm: -device vfio-pci,id=hostpci0: Duplicate ID 'hostpci0' for device",
    ],
    not: ['kvm: there is no device "hostpci0" defined'],
  },
  'machine-unknown': {
    matches: [
      'kvm: -machine type=pc-i440fx-99.0+pve0: unsupported machine type',
      "Installed QEMU version '10.0.13' is too old to run machine type 'pc-q35-99.0+pve0', please upgrade node 'pve'",
      "error: unsupported configuration: Emulator '/usr/bin/qemu-system-x86_64' does not support machine type 'pc-q35-11.0'",
    ],
    not: ['kvm: q35 machine model is not enabled'],
  },
  'invalid-option': {
    matches: ['kvm: -nosuchoption: invalid option'],
    not: ["kvm: -machine pc,foo=1: Invalid parameter 'foo'"],
  },
  'kvm-missing': {
    matches: [
      "kvm: CPU model 'host' requires KVM or HVF",
      'Could not access KVM kernel module: No such file or directory',
      'KVM virtualisation configured, but not available. Either disable in VM configuration or enable in BIOS.',
    ],
    not: ['kvm: ignored rdmsr: 0x606'],
  },
  'parameter-value': {
    matches: [
      "qemu-system-x86_64: -device e1000,addr=40: Parameter 'addr' expects a PCI address",
      "qemu-system-x86_64: -device vfio-pci: Parameter 'x-igd-legacy-mode' does not accept value 'maybe'",
    ],
    not: ["qemu-system-x86_64: Property 'e1000.addr' doesn't take value '40'"],
  },
  'cpu-count': {
    matches: [
      "qemu-system-x86_64: Invalid SMP CPUs 300. The max CPUs supported by machine 'pc-q35-7.2' is 288",
      'qemu-system-x86_64: Invalid CPU topology: product of the hierarchy must match maxcpus',
    ],
    not: ["qemu-system-x86_64: unable to find CPU model 'nosuch'"],
  },
  'cpu-model': {
    matches: ["qemu-system-x86_64: unable to find CPU model 'nosuch'"],
    not: ["qemu-system-x86_64: CPU model 'host' requires KVM or HVF"],
  },
  'memory-short': {
    matches: ["qemu-system-x86_64: cannot set up guest memory 'pc.ram': Cannot allocate memory"],
    not: ['qemu-system-x86_64: failed to open /dev/vfio/1: Permission denied'],
  },
  'kvm-broken': {
    matches: [
      "qemu-system-x86_64: CPU model 'host' requires KVM or HVF",
      "qemu-system-x86_64: ../../target/i386/kvm/kvm.c:3183: kvm_buf_set_msrs: Assertion `ret == n' failed.",
      'qemu-system-x86_64: failed to initialize kvm: Permission denied',
    ],
    not: ['qemu-system-x86_64: -accel kvm: invalid accelerator'],
  },
  'firmware-file': {
    matches: ["qemu: could not load PC BIOS '/nonexistent'"],
    not: ["qemu-system-x86_64: Could not open '/dev/vfio/1': Device or resource busy"],
  },
  'disk-file': {
    matches: [
      "qemu-system-x86_64: -drive file=/nonexistent: Could not open '/nonexistent': No such file or directory",
    ],
    not: ["qemu-system-x86_64: Could not open '/dev/vfio/1': Device or resource busy"],
  },
};
