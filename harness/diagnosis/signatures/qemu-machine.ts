import type { Signature } from '../signature.ts';
import { fix, inVm, onHost } from './fix.ts';
import { certain, refusal } from './severity.ts';

/** QEMU: a machine that this host or this QEMU cannot make. The VM does not start. */
export const QEMU_MACHINE: readonly Signature[] = [
  {
    id: 'machine-unknown',
    emitters: ['qemu', 'proxmox', 'libvirt'],
    literals: [
      'unsupported machine type',
      'is too old to run machine type',
      'emulator does not support machine type',
      'does not support machine type',
    ],
    pattern:
      /unsupported machine type(?:: "(?<machine>[\w.+-]{1,60})")?|Installed QEMU version '(?<qemu>[\d.]{1,20})' is too old to run machine type '(?<machine2>[\w.+-]{1,60})'|does not support machine type '(?<machine3>[\w.+-]{1,60})'/,
    means: 'This QEMU does not know the machine type: it is of a newer version, or was dropped.',
    source: 'system/vl.c; qemu-server; libvirt, qemu_capabilities.c',
    finding: {
      id: 'config.machine-unknown',
      title: 'This QEMU does not know the machine type',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'A machine type may not be newer than QEMU.',
        'system/vl.c',
        inVm('Set machine: pc or q35 without a version'),
        onHost('or update QEMU'),
      ),
    },
  },
  {
    id: 'kvm-missing',
    emitters: ['qemu', 'libvirt', 'proxmox'],
    literals: ['requires KVM', 'Could not access KVM kernel module', 'KVM virtualisation configured'],
    pattern:
      /CPU model '(?<cpu>\w{1,30})' requires KVM|Could not access KVM kernel module: (?<why>.{1,60})|KVM virtualisation configured, but not available/,
    means: 'KVM is not available: virtualisation is off in the firmware, or the user may not use it.',
    source: 'target/i386/host-cpu.c; accel/kvm/kvm-all.c; qemu-server 9.2.6, PVE/QemuServer.pm',
    finding: {
      id: 'host.bios-settings',
      title: 'KVM is not available on the host',
      severity: refusal,
      fix: fix('Without KVM there is no passthrough.', 'accel/kvm/kvm-all.c', {
        where: 'bios',
        text: 'Enable Intel Virtualization Technology (VT-x)',
      }),
    },
  },
  {
    id: 'cpu-count',
    emitters: ['qemu'],
    literals: ['Invalid SMP CPUs', 'Invalid CPU topology'],
    pattern: /Invalid SMP CPUs (?<count>\d{1,6})|Invalid CPU topology/,
    means:
      'The machine type cannot have so many processors, or not in this arrangement of cores and sockets.',
    source: 'hw/core/machine.c, machine-smp.c',
    finding: null,
  },
  {
    id: 'cpu-model',
    emitters: ['qemu'],
    literals: ['unable to find CPU model'],
    pattern: /unable to find CPU model '(?<model>[^']{1,60})'/,
    means: 'This QEMU has no such CPU model: `qemu-system-x86_64 -cpu help` lists those that it has.',
    source: 'hw/core/cpu-common.c, parse_cpu_option()',
    finding: null,
  },
  {
    id: 'memory-short',
    emitters: ['qemu'],
    literals: ['Cannot allocate memory', 'cannot set up guest memory'],
    pattern: /Cannot allocate memory|cannot set up guest memory/,
    means: 'The host has not enough free memory for the VM.',
    source: 'system/physmem.c, ram_block_add()',
    finding: null,
  },
  {
    id: 'kvm-broken',
    emitters: ['qemu'],
    literals: [
      'failed to initialize kvm',
      'Could not access KVM',
      'KVM internal error',
      'requires KVM',
      ': Assertion `',
    ],
    pattern:
      /failed to initialize kvm|Could not access KVM|KVM internal error|\bkvm_\w{1,60}: Assertion|requires KVM/i,
    means: 'KVM does not work here: virtualisation is off in the firmware, or KVM itself gave up.',
    source: 'accel/kvm/kvm-all.c; target/i386/kvm/kvm.c',
    finding: null,
  },
  {
    id: 'firmware-file',
    emitters: ['qemu'],
    literals: ['could not load PC BIOS'],
    pattern: /could not load PC BIOS '(?<file>[^']{1,200})'/,
    means: 'The host does not have the VM’s firmware: the package that holds it (seabios, ovmf) is missing.',
    source: 'hw/i386/x86-common.c, x86_bios_rom_init()',
    finding: null,
  },
  {
    id: 'disk-file',
    emitters: ['qemu'],
    literals: ['Could not open '],
    pattern: /-(?:drive|blockdev|cdrom|hd[a-d])\b.{0,2000}Could not open/,
    means: 'The host does not hand a disk to QEMU: its file is missing, or QEMU may not read it.',
    source: 'block/file-posix.c, raw_open_common()',
    finding: null,
  },
];
