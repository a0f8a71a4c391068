import { describe, expect, it } from 'vitest';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { setupCase, type SetupSketch } from '../fixtures/setup-case.ts';
import { whole } from '../fixtures/whole.ts';
import { everyRule, rulesFor } from '../rules.ts';

/** One case of each finding: what it is called, the lines it rests on, what to change, and what it accounts for. */
const CLAIMS: readonly (readonly [
  rule: string,
  sketch: SetupSketch | CaseSketch,
  claims: readonly string[],
])[] = [
  [
    'audio-not-passed',
    { text: 'hostpci0: 00:02.0', facts: { symptom: 'no-audio' } },
    [
      'audio.not-passed contributing likely: The sound function is not passed, so there is no sound over HDMI',
      '< hostpci0: 00:02.0',
      'steps vm',
      'answers no-audio',
    ],
  ],
  [
    'audio-not-passed',
    { facts: { symptom: 'no-audio', outcome: 'works' } },
    [
      'audio.not-passed contributing likely: The sound function is not passed, so there is no sound over HDMI',
      '< symptom: no-audio',
      'steps vm',
      'answers no-audio',
    ],
  ],
  [
    'comparison',
    { facts: { compared: 'guest-kernel', guestOs: 'linux' } },
    [
      'guest.driver-version cause likely: It depends on the guest’s kernel or release',
      '< compared: guest-kernel',
      'steps guest',
      'explains guest.code43 guest.problem-code rom.missing host.group-not-viable guest.display-enumeration',
    ],
  ],
  [
    'config-address',
    {
      text: 'machine: pc\nvga: std\nhostpci0: 00:02.0,romfile=a.rom\nargs: -set device.hostpci0.addr=0x5',
      facts: { guestOs: 'windows', symptom: 'code-43' },
    },
    [
      'config.igpu-address cause likely: The guest sees the iGPU at pci.0, slot 05, not at 00:02.0',
      '< hostpci0: 00:02.0,romfile=a.rom',
      '< args: -set device.hostpci0.addr=0x5',
      '> guest-address pci.0 2',
      '> display none',
    ],
  ],
  [
    'config-address',
    {
      text: 'machine: pc\nvga: none\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x5',
      facts: { guestOs: 'windows' },
    },
    [
      'config.igpu-address warning possible: The guest sees the iGPU at pci.0, slot 05, not at 00:02.0',
      '< hostpci0: 00:02.0',
      '< args: -set device.hostpci0.addr=0x5',
      '> guest-address pci.0 2',
    ],
  ],
  [
    'config-address',
    {
      text: 'machine: q35\nvga: std\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.addr=0x02.0',
      facts: { symptom: 'no-device' },
    },
    [
      'config.igpu-address cause likely: The iGPU is put where no guest looks: ich9-pcie-port-1, slot 02',
      '< hostpci0: 00:02.0,pcie=1,romfile=a.rom',
      '< args: -set device.hostpci0.addr=0x02.0',
      '> guest-address pcie.0 2',
    ],
  ],
  [
    'config-address',
    { text: 'machine: pc\nvga: std\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x2' },
    [
      'config.slot-busy cause likely: Slot 02, where the iGPU shall be, is taken by vga',
      '< hostpci0: 00:02.0',
      '< args: -set device.hostpci0.addr=0x2',
      '< vga: std',
      '> display none',
    ],
  ],
  [
    'config-address',
    {
      text: 'machine: pc\nvga: none\nhostpci0: 00:02.0\nargs: -set device.hostpci0.addr=0x12\nnet0: virtio=A',
    },
    [
      'config.slot-busy cause likely: Slot 12, where the iGPU shall be, is taken by net0',
      '< hostpci0: 00:02.0',
      '< args: -set device.hostpci0.addr=0x12',
      '< net0: virtio=A',
      'steps vm',
    ],
  ],
  [
    'config-args',
    { text: "hostpci0: 00:02.0\nargs: -cpu 'host,kvm=off" },
    [
      'config.args-quote cause likely: A quote in args is not closed, so Proxmox starts the VM without any of them',
      "< args: -cpu 'host,kvm=off",
      "> args -cpu 'host,kvm=off -cpu host,kvm=off",
    ],
  ],
  [
    'config-args',
    { text: 'hostpci1: 00:02.0\nargs: -set device.hostpci0.addr=2' },
    [
      'config.args-unknown-device cause likely: args set something on hostpci0, and the VM has no such device',
      '< args: -set device.hostpci0.addr=2',
      '< hostpci1: 00:02.0',
      '> args -set device.hostpci0.addr=2 -set device.hostpci1.addr=2',
    ],
  ],
  [
    'config-args',
    { text: 'hostpci1: 00:02.0\nhostpci2: 00:1f.3\nargs: -set device.hostpci0.addr=2' },
    [
      'config.args-unknown-device cause likely: args set something on hostpci0, and the VM has no such device',
      '< args: -set device.hostpci0.addr=2',
      '< hostpci1: 00:02.0',
      '< hostpci2: 00:1f.3',
    ],
  ],
  [
    'config-args',
    {
      kind: 'libvirt-xml',
      text: "<hostdev type='pci'><source><address bus='0' slot='2' function='0'/></source></hostdev><commandline><arg value='-set'/><arg value='device.hostdev0.x-igd-opregion=on'/></commandline>",
      facts: { symptom: 'vm-does-not-start' },
    },
    [
      'config.args-unknown-device cause likely: libvirt’s devices cannot be changed with -set any more',
      "< <hostdev type='pci'><source><address bus='0' slot='2' function='0'/></source></hostdev><commandline><arg value='-set'/><arg value='device.hostdev0.x-igd-opregion=on'/></commandline>",
      '> device-property x-igd-opregion on',
    ],
  ],
  [
    'config-ballooning',
    { text: 'memory: 4096\nballoon: 1024\nhostpci0: 00:02.0' },
    [
      'config.ballooning info certain: Ballooning has no effect with a passed device',
      '< hostpci0: 00:02.0',
      '< balloon: 1024',
      '> ballooning false',
    ],
  ],
  ['config-ballooning', { text: 'memory: 4096\nballoon: 1024' }, []],
  [
    'config-display',
    { text: 'vga: std\nhostpci0: 00:02.0', facts: { symptom: 'no-picture' } },
    [
      'config.vga-not-none warning possible: The guest has an emulated display (std) beside the iGPU',
      '< hostpci0: 00:02.0',
      '< vga: std',
      '> display none',
    ],
  ],
  [
    'config-gms',
    { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x41', facts: { qemuVersion: '9.0.2' } },
    [
      'config.gms-range warning possible: x-igd-gms=0x41 is no size that this iGPU has',
      '< hostpci0: 00:02.0',
      '< args: -set device.hostpci0.x-igd-gms=0x41',
      '> device-property x-igd-gms 0x2',
    ],
  ],
  [
    'config-gms',
    {
      text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x41',
      facts: { qemuVersion: '10.0.2' },
    },
    [
      'config.gms-range cause likely: x-igd-gms=0x41 is no size that this iGPU has',
      '< hostpci0: 00:02.0',
      '< args: -set device.hostpci0.x-igd-gms=0x41',
      '> device-property x-igd-gms null',
    ],
  ],
  [
    'config-gms',
    {
      text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x2',
      facts: { device: '8086:7d55', qemuVersion: '9.2.0' },
    },
    [
      'config.gms-range warning possible: x-igd-gms is set for an iGPU whose generation QEMU does not know',
      '< hostpci0: 00:02.0',
      '< args: -set device.hostpci0.x-igd-gms=0x2',
      '> device-property x-igd-gms null',
    ],
  ],
  [
    'config-gms',
    { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x1', facts: { symptom: 'no-picture' } },
    [
      'config.gms-too-small contributing possible: x-igd-gms=0x1 sets 32 MB aside for the iGPU, which may be too little',
      '< hostpci0: 00:02.0',
      '< args: -set device.hostpci0.x-igd-gms=0x1',
      '> device-property x-igd-gms 0x6',
    ],
  ],
  [
    'config-legacy',
    { text: 'machine: q35\nvga: std\nhostpci0: 00:02.0,legacy-igd=1' },
    [
      'config.legacy-on-q35 cause likely: Legacy mode is asked for on a q35 machine, which cannot have it',
      '< hostpci0: 00:02.0,legacy-igd=1',
      '< machine: q35',
      '> machine i440fx',
      '> hostpci pcie null hostpci0',
      'config.vga-not-none cause likely: legacy-igd=1 needs vga: none, and the VM has std',
      '< hostpci0: 00:02.0,legacy-igd=1',
      '< vga: std',
      '> display none',
    ],
  ],
  [
    'config-legacy',
    {
      text: 'machine: pc\nvga: none\nhostpci0: 00:02,legacy-igd=1,pcie=1,x-vga=1,rombar=0\nhostpci1: 00:02.0,legacy-igd=1',
    },
    [
      'config.legacy-conflict cause likely: legacy-igd=1 does not go together with x-vga=1, rombar=0, pcie=1, a second device in that mode',
      '< hostpci0: 00:02,legacy-igd=1,pcie=1,x-vga=1,rombar=0',
      '> hostpci x-vga null hostpci0',
      '> hostpci rombar null hostpci0',
      '> hostpci pcie null hostpci0',
      'config.legacy-conflict cause likely: legacy-igd=1 does not go together with a second device in that mode',
      '< hostpci1: 00:02.0,legacy-igd=1',
    ],
  ],
  [
    'config-legacy',
    {
      kind: 'qemu-command-line',
      text: 'qemu-system-x86_64 -machine pc -vga none -device vfio-pci,host=00:02.0,addr=0x5,x-igd-legacy-mode=on',
    },
    [
      'config.legacy-conflict cause likely: x-igd-legacy-mode=on needs the iGPU at 00:02.0 of the guest',
      '< qemu-system-x86_64 -machine pc -vga none -device vfio-pci,host=00:02.0,addr=0x5,x-igd-legacy-mode=on',
      '> guest-address pci.0 2',
    ],
  ],
  [
    'config-machine',
    { text: 'machine: pc-q35-10.1\nvga: none', facts: { qemuVersion: '10.0.2' } },
    [
      'config.machine-unknown cause likely: Machine type 10.1 is newer than QEMU 10.0.2',
      '< machine: pc-q35-10.1',
      '< qemuVersion: 10.0.2',
      '> machine q35',
    ],
  ],
  [
    'config-machine',
    {
      kind: 'qemu-command-line',
      text: 'qemu-system-x86_64 -machine pc-q35-9.0+pve1 -device vfio-pci,host=00:02.0',
      facts: { hypervisor: 'libvirt' },
    },
    [
      'config.machine-unknown cause likely: Machine types with +pve exist in Proxmox’ QEMU only',
      '< qemu-system-x86_64 -machine pc-q35-9.0+pve1 -device vfio-pci,host=00:02.0',
      '> machine q35',
    ],
  ],
  [
    'config-passed-devices',
    { text: 'hostpci0: 00:02\nhostpci1: 00:02.0', facts: { vfs: 7 } },
    [
      'config.passes-whole-device cause likely: Virtual functions are wanted, and the VM takes the physical one with them',
      '< hostpci0: 00:02',
      '< hostpci1: 00:02.0',
      '> host-device 0000:00:02 0000:00:02.1',
      'explains host.device-missing sriov.pf-on-vfio',
      'config.duplicate-device cause likely: 0000:00:02.0 is passed twice, as hostpci0 and as hostpci1',
      '< hostpci0: 00:02',
      '< hostpci1: 00:02.0',
      'steps vm',
    ],
  ],
  [
    'config-passed-devices',
    { text: 'hostpci0: 00:02', facts: {} },
    [
      'config.passes-whole-device info likely: 0000:00:02 passes every function of the slot',
      '< hostpci0: 00:02',
      '> host-device 0000:00:02 0000:00:02.0',
    ],
  ],
  [
    'config-properties',
    {
      text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-legacy-mode=off',
      facts: { qemuVersion: '9.2.0', device: '8086:3e92' },
    },
    [
      'qemu.too-old cause likely: x-igd-legacy-mode needs QEMU 10.0',
      '< hostpci0: 00:02.0',
      '< args: -set device.hostpci0.x-igd-legacy-mode=off',
      '< qemuVersion: 9.2.0',
      '> device-property x-igd-legacy-mode null hostpci0',
    ],
  ],
  [
    'config-properties',
    { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.legacy-igd=1', facts: {} },
    [
      "config.args-unknown-property cause likely: QEMU's vfio-pci has no property legacy-igd",
      '< hostpci0: 00:02.0',
      '< args: -set device.hostpci0.legacy-igd=1',
      '> device-property legacy-igd null hostpci0',
    ],
  ],
  [
    'config-properties',
    { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-legacy-mode=1', facts: {} },
    [
      'config.property-type cause likely: x-igd-legacy-mode is given as “1”; QEMU wants a text (type string)',
      '< hostpci0: 00:02.0',
      '< args: -set device.hostpci0.x-igd-legacy-mode=1',
      '> device-property x-igd-legacy-mode on hostpci0',
    ],
  ],
  [
    'config-properties',
    {
      kind: 'libvirt-xml',
      text: "<override><device alias='a'><property name='x-vga' type='string' value='on'/><property name='x-igd-gms' type='string' value='0x2'/></device></override>",
    },
    [
      'config.property-type cause likely: x-vga is given as a string in libvirt’s or JSON’s sense; QEMU wants on or off (type bool)',
      "< <override><device alias='a'><property name='x-vga' type='string' value='on'/><property name='x-igd-gms' type='string' value='0x2'/></device></override>",
      '> device-property x-vga on a',
      'config.property-type cause likely: x-igd-gms is given as a string in libvirt’s or JSON’s sense; QEMU wants a number (type unsigned)',
      "< <override><device alias='a'><property name='x-vga' type='string' value='on'/><property name='x-igd-gms' type='string' value='0x2'/></device></override>",
      '> device-property x-igd-gms null a',
    ],
  ],
  [
    'config-q35',
    {
      facts: {
        device: '8086:3e92',
        machine: 'q35',
        guestOs: 'windows',
        romGiven: true,
        symptom: 'no-picture',
      },
    },
    [
      'config.legacy-on-q35 cause likely: This iGPU drives a monitor in legacy mode, which q35 rules out',
      '< machine: q35',
      '< symptom: no-picture',
      '> machine i440fx',
      '> hostpci pcie null',
      '> guest-address pci.0 2',
      '> display none',
    ],
  ],
  [
    'config-q35',
    { text: 'machine: pc\nhostpci0: 01:00.0,pcie=1' },
    [
      'config.pcie-needs-q35 cause likely: pcie=1 needs a q35 machine',
      '< hostpci0: 01:00.0,pcie=1',
      '< machine: pc',
      '> hostpci pcie null hostpci0',
    ],
  ],
  [
    'config-romfile',
    { text: 'hostpci0: 00:02.0,romfile=/root/a.rom' },
    [
      'rom.file-not-found cause likely: Proxmox looks for the ROM at /usr/share/kvm/root/a.rom',
      '< hostpci0: 00:02.0,romfile=/root/a.rom',
      '> romfile a.rom hostpci0',
      'steps host',
    ],
  ],
  [
    'config-romfile',
    { text: 'hostpci0: 00:02.0,romfile=../../../root/a.rom' },
    [
      'rom.file-not-found info possible: romfile climbs out of /usr/share/kvm: ../../../root/a.rom',
      '< hostpci0: 00:02.0,romfile=../../../root/a.rom',
      '> romfile a.rom hostpci0',
    ],
  ],
  [
    'guest-cpu',
    {
      text: 'machine: q35\nhostpci0: 00:02.1,x-vga=1\ncpu: host,hidden=1\nargs: -cpu host,kvm=off',
      facts: { guestOs: 'windows', symptom: 'code-43' },
    },
    [
      'guest.hypervisor-hidden cause likely: The hypervisor is hidden from a guest that has a virtual function',
      '< hostpci0: 00:02.1,x-vga=1',
      '< args: -cpu host,kvm=off',
      '> cpu-hidden false',
      '> hostpci x-vga null',
      'explains guest.code43 sriov.no-display guest.vbs',
    ],
  ],
  [
    'guest-cpu',
    { facts: { sign: ['hypervisor-hidden', 'hypervisor-hidden'], mode: 'vf', problemCode: 43 } },
    [
      'guest.hypervisor-hidden cause likely: The hypervisor is hidden from a guest that has a virtual function',
      '< sign: hypervisor-hidden',
      '> cpu-hidden false',
      'explains guest.code43 sriov.no-display guest.vbs',
    ],
  ],
  [
    'guest-cpu',
    { text: 'hostpci0: 00:02.0\ncpu: EPYC', facts: { symptom: 'driver-not-installing' } },
    [
      'guest.cpu-vendor cause likely: The guest’s CPU says it is AuthenticAMD, and the graphics is Intel’s',
      '< cpu: EPYC',
      'steps vm',
      'explains guest.code43 guest.basic-display-driver guest.problem-code',
    ],
  ],
  [
    'legacy-generation',
    {
      text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,romfile=a.rom\nargs: -set device.hostpci0.x-igd-legacy-mode=on',
      facts: { device: '8086:46d1', qemuVersion: '10.1.2' },
    },
    [
      'qemu.legacy-not-for-generation cause likely: QEMU from 10.1 on has no legacy mode for this iGPU',
      '< hostpci0: 00:02.0,romfile=a.rom',
      '< machine: pc',
      '< args: -set device.hostpci0.x-igd-legacy-mode=on',
      '< qemuVersion: 10.1.2',
      '< device: 8086:46d1',
      '> device-property x-igd-legacy-mode null',
      '> device-property x-igd-lpc on',
      'answers no-firmware-picture after-update',
      'explains host.stolen-memory',
    ],
  ],
  [
    'legacy-generation',
    {
      text: 'machine: pc\nvga: none\nhostpci0: 00:02.0,legacy-igd=1',
      facts: { device: '8086:46d1', qemuVersion: '10.1.2', symptom: 'after-update' },
    },
    [
      'qemu.legacy-not-for-generation cause likely: QEMU from 10.1 on has no legacy mode for this iGPU',
      '< hostpci0: 00:02.0,legacy-igd=1',
      '< machine: pc',
      '< qemuVersion: 10.1.2',
      '< device: 8086:46d1',
      '> device-property x-igd-lpc on',
      'answers no-firmware-picture after-update',
      'explains host.stolen-memory',
    ],
  ],
  [
    'legacy-generation',
    { facts: { device: '8086:46d1', qemuVersion: '10.1.2', pveVersion: '9.1.1', symptom: 'after-update' } },
    [
      'qemu.legacy-not-for-generation cause possible: QEMU from 10.1 on has no legacy mode for this iGPU',
      '< qemuVersion: 10.1.2',
      '< pveVersion: 9.1.1',
      '< device: 8086:46d1',
      '< symptom: after-update',
      '> device-property x-igd-lpc on',
      'answers no-firmware-picture after-update',
      'explains host.stolen-memory',
    ],
  ],
  [
    'opregion-not-passed',
    {
      text: 'machine: q35\nhostpci0: 00:02.0,pcie=1,romfile=a.rom\nargs: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0',
      facts: { guestOs: 'windows', qemuVersion: '10.0.2', symptom: 'code-43' },
    },
    [
      'opregion.not-passed cause likely: The guest is not given the OpRegion',
      '< hostpci0: 00:02.0,pcie=1,romfile=a.rom',
      '< machine: q35',
      '< args: -set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0',
      '< qemuVersion: 10.0.2',
      '> device-property x-igd-opregion on',
      'explains guest.code43 guest.display-enumeration',
    ],
  ],
  [
    'opregion-not-passed',
    {
      text: 'machine: q35\nhostpci0: 00:02.0,pcie=1\nargs: -set device.hostpci0.x-igd-opregion=off',
      facts: { guestOs: 'windows', symptom: 'code-43' },
    },
    [
      'opregion.not-passed contributing likely: x-igd-opregion is off',
      '< hostpci0: 00:02.0,pcie=1',
      '< machine: q35',
      '< args: -set device.hostpci0.x-igd-opregion=off',
      '> device-property x-igd-opregion on',
      'explains guest.code43 guest.display-enumeration',
    ],
  ],
  [
    'opregion-not-passed',
    { text: 'machine: q35\nhostpci0: 00:02.0,pcie=1', facts: { guestOs: 'macos' } },
    [
      'opregion.not-passed warning possible: The guest is not given the OpRegion',
      '< hostpci0: 00:02.0,pcie=1',
      '< machine: q35',
      '> device-property x-igd-opregion on',
      'explains guest.code43 guest.display-enumeration',
      'asks for 1',
    ],
  ],
  [
    'dma-faults-told',
    { facts: { symptom: ['dma-faults', 'code-43'] } },
    [
      'host.dma-faults cause likely: The iGPU goes on using memory that it does not own (DMA faults without end)',
      '< symptom: dma-faults',
      'explains guest.code43',
      'asks for 1',
    ],
  ],
  [
    'guest-driver',
    {
      facts: {
        guestOs: 'linux',
        guestKernel: '6.1.0-18-cloud-amd64',
        symptom: ['no-render-node', 'after-update'],
      },
    },
    [
      'guest.driver-missing cause certain: The guest’s kernel is a cloud kernel, which has no graphics drivers',
      '< symptom: no-render-node',
      '< guestKernel: 6.1.0-18-cloud-amd64',
      '< guestOs: linux',
      'steps guest guest',
      'explains host.power-state host.reset-failed sriov.driver-broken guest.os-config',
    ],
  ],
  [
    'guest-driver',
    { facts: { guestOs: 'linux', symptom: 'no-render-node', guestKernel: '6.1.0-18-amd64' } },
    [
      'guest.driver-missing cause likely: The guest lacks a driver for the device, or the media driver on top of it',
      '< symptom: no-render-node',
      '< guestKernel: 6.1.0-18-amd64',
      '< guestOs: linux',
      'steps guest guest',
      'explains host.power-state host.reset-failed sriov.driver-broken guest.os-config',
      'asks for 1',
    ],
  ],
  [
    'guest-driver',
    { facts: { guestOs: 'linux', mode: 'vf', symptom: 'no-render-node' } },
    [
      'guest.driver-missing cause likely: The guest has no driver that can drive a virtual function',
      '< symptom: no-render-node',
      '< guestOs: linux',
      'steps guest guest',
      'explains host.power-state host.reset-failed sriov.driver-broken guest.os-config',
      'asks for 1',
    ],
  ],
  [
    'guest-driver',
    {
      facts: { guestOs: 'linux', outcome: 'fails' },
      guestLines: ['i915: Unknown symbol intel_gtt_get (err -2)'],
    },
    [
      'guest.driver-missing cause certain: The guest’s i915 does not load: modules that it needs are not installed',
      '< i915: Unknown symbol intel_gtt_get (err -2)',
      '< guestOs: linux',
      'steps guest guest',
      'explains host.power-state host.reset-failed sriov.driver-broken guest.os-config',
    ],
  ],
  [
    'guest-driver',
    { facts: { problemCode: 28 } },
    [
      'guest.driver-missing cause certain: Windows has no driver for the device (code 28)',
      '< problemCode: 28',
      'steps guest',
      'explains guest.problem-code',
    ],
  ],
  [
    'guest-driver',
    { facts: { symptom: 'basic-display', guestDriver: '10.0.26100.1', problemCode: 0 } },
    [
      'guest.basic-display-driver cause likely: Windows runs the device with its Basic Display driver, not with Intel’s',
      '< symptom: basic-display',
      '< guestDriver: 10.0.26100.1',
      '< problemCode: 0',
      'steps guest',
    ],
  ],
  [
    'iommu-off',
    { facts: { biosSetting: ['above-4g=on', 'vt-d=off'] } },
    [
      'host.iommu-off cause likely: The IOMMU (VT-d) is off',
      '< biosSetting: vt-d=off',
      'steps bios host',
      'explains guest.driver-missing rom.missing host.group-not-viable guest.code43',
    ],
  ],
  [
    'kernel-regression',
    { facts: { mode: 'vf', kernel: '6.8.12-12-pve', symptom: ['after-update', 'vm-does-not-start'] } },
    [
      'host.kernel-regression cause likely: The host’s kernel hands out no virtual functions: a regression',
      '< kernel: 6.8.12-12-pve',
      '< symptom: after-update',
      'steps host',
      'explains host.device-busy host.permission host.group-not-viable sriov.driver-broken',
    ],
  ],
  [
    'opregion',
    {
      facts: { otherGpu: 'RTX 3060', hostPrimary: 'other', mode: 'vf' },
      lines: ['kvm: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device'],
    },
    [
      'opregion.missing contributing certain: A virtual function has no OpRegion: x-igd-opregion=on is refused',
      '< kvm: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device',
      '< otherGpu: RTX 3060',
      '< hostPrimary: other',
      '> device-property x-igd-opregion null',
      'explains rom.missing guest.code43 opregion.not-passed guest.display-enumeration config.legacy-conflict',
      'asks for 2',
      'host.not-primary contributing likely: Another graphics card is in the host: the iGPU is probably not its primary display',
      '< otherGpu: RTX 3060',
      '< hostPrimary: other',
      'steps bios host',
    ],
  ],
  [
    'opregion',
    {
      facts: { hostPrimary: 'igpu' },
      lines: ['kvm: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device'],
    },
    [
      'opregion.missing cause certain: The host has no OpRegion to give for this device',
      '< kvm: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device',
      '< hostPrimary: igpu',
      'steps bios host',
      'explains rom.missing guest.code43 opregion.not-passed guest.display-enumeration config.legacy-conflict',
      'asks for 2',
    ],
  ],
  [
    'other-vendor',
    { facts: { graphics: ['nvidia'] } },
    [
      'device.other-vendor info certain: The device passed through is no Intel iGPU, but an NVIDIA card',
      '< graphics: nvidia',
    ],
  ],
  [
    'rom-missing',
    {
      facts: { guestOs: 'windows', symptom: 'code-43', romGiven: false, device: '8086:46d1', mode: 'whole' },
    },
    [
      'rom.missing cause certain: The device has no option ROM',
      '< romGiven: false',
      '< mode: whole',
      '< symptom: code-43',
      '> romfile 12-n100-q10.rom',
      'steps host host',
      'explains rom.signature-benign guest.code43 opregion.not-passed guest.display-enumeration config.igpu-address qemu.legacy-not-for-generation',
    ],
  ],
  [
    'rom-missing',
    {
      facts: { guestOs: 'windows', symptom: 'code-43', cpu: 'i5-8500T' },
      lines: ['vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff'],
    },
    [
      'rom.missing cause likely: The device probably has no option ROM',
      '< vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff',
      '< symptom: code-43',
      '> romfile CFL_CML_GOPv9.1_igd.rom',
      'steps host host',
      'explains rom.signature-benign guest.code43 opregion.not-passed guest.display-enumeration config.igpu-address qemu.legacy-not-for-generation',
      'asks for 2',
    ],
  ],
  [
    'rom-missing',
    { facts: { guestOs: 'windows', symptom: 'code-43', problemCode: 43, romGiven: false } },
    [
      'rom.missing cause certain: The device has no option ROM',
      '< romGiven: false',
      '< symptom: code-43',
      '< problemCode: 43',
      '> romfile your-igpu.rom',
      'steps host host',
      'explains rom.signature-benign guest.code43 opregion.not-passed guest.display-enumeration config.igpu-address qemu.legacy-not-for-generation',
    ],
  ],
  [
    'sriov',
    { facts: { mode: 'vf', symptom: 'no-picture', monitor: true, device: '8086:3e92' } },
    [
      'sriov.no-display cause certain: A virtual function has no display outputs: no monitor can ever show it',
      '< mode: vf',
      '< symptom: no-picture',
      '< monitor: true',
      'steps guest vm',
      'answers no-picture no-firmware-picture display-wanted',
      'explains rom.missing guest.display-enumeration opregion.missing opregion.not-passed',
      'sriov.not-supported cause certain: Coffee Lake graphics have no SR-IOV',
      '< device: 8086:3e92',
      '< mode: vf',
      '< symptom: no-picture',
      'steps vm',
      'explains sriov.no-pf-driver sriov.pf-on-vfio sriov.driver-broken host.device-missing guest.driver-missing guest.code43',
    ],
  ],
  [
    'sriov',
    { facts: { mode: 'vf', device: '8086:4c8a', symptom: 'code-43' } },
    [
      'sriov.not-supported cause likely: Rocket Lake: virtual functions of these graphics are not known to work',
      '< device: 8086:4c8a',
      '< mode: vf',
      '< symptom: code-43',
      'steps vm',
      'explains sriov.no-pf-driver sriov.pf-on-vfio sriov.driver-broken host.device-missing guest.driver-missing guest.code43',
    ],
  ],
  [
    'sriov',
    { facts: { hostDriver: 'vfio-pci', symptom: 'vfs-missing', vfs: 7, mode: 'whole', device: '8086:46d1' } },
    [
      'sriov.pf-on-vfio cause certain: The physical function is given away, so there are no virtual functions',
      '< hostDriver: vfio-pci',
      '< symptom: vfs-missing',
      '< vfs: 7',
      '< mode: whole',
      'steps vm host',
      'explains sriov.no-pf-driver guest.code43 rom.missing sriov.driver-broken host.device-missing',
    ],
  ],
  [
    'sriov',
    { lines: ['-bash: echo: write error: No such file or directory'] },
    [
      'sriov.no-pf-driver cause likely: No driver that can make virtual functions is bound to 00:02.0',
      '< -bash: echo: write error: No such file or directory',
      'steps host host',
      'explains host.device-missing sriov.driver-broken guest.driver-missing',
    ],
  ],
  [
    'sriov',
    {
      facts: { mode: 'vf', symptom: 'code-43', guestOs: 'windows', device: '8086:46d1' },
      lines: ['i915 0000:00:02.0: [drm] *ERROR* GT0: Failed to initialize GPU, declaring it wedged!'],
    },
    [
      'sriov.driver-broken cause likely: The host’s driver declares the GPU wedged: no virtual function of it can work',
      '< i915 0000:00:02.0: [drm] *ERROR* GT0: Failed to initialize GPU, declaring it wedged!',
      'steps host',
      'explains host.reset-failed guest.firmware-missing guest.code43',
    ],
  ],
  [
    'symptoms',
    { facts: { symptom: ['code-43', 'bsod'], problemCode: 43 } },
    [
      'guest.code43 contributing certain: Windows shows Code 43: the driver gave up after it had started',
      '< symptom: code-43',
      '< problemCode: 43',
      'asks for 1',
      'guest.bsod cause likely: Windows crashes with a blue screen',
      '< symptom: bsod',
      'asks for 1',
    ],
  ],
  [
    'symptoms',
    { facts: { problemCode: 10 } },
    [
      'guest.problem-code cause certain: Windows reports problem code 10 for the device: a driver of the device failed to start it',
      '< problemCode: 10',
      'asks for 1',
    ],
  ],
  [
    'vbs',
    { facts: { vbs: true, symptom: 'code-43', problemCode: 43 } },
    [
      'guest.vbs cause likely: The guest runs Hyper-V (VBS, WSL 2 or Windows Hello): Intel’s driver then ends with Code 43',
      '< vbs: true',
      '< symptom: code-43',
      '< problemCode: 43',
      'steps guest guest',
      'explains guest.code43',
      'asks for 1',
    ],
  ],
  [
    'signature-findings',
    {
      facts: { symptom: 'host-freezes' },
      lines: [
        'DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x2c000000 [fault reason 0x06] PTE Read access is not set',
      ],
    },
    [
      'host.dma-faults-handover harmless likely: A few DMA faults when the iGPU changes hands are normal',
      '< DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x2c000000 [fault reason 0x06] PTE Read access is not set',
    ],
  ],
];

const RULES = await everyRule();

describe('a claim in full', () => {
  it.each(CLAIMS)('%s of %j', (id, sketch, expected) => {
    const of = 'text' in sketch ? setupCase(sketch) : caseOf(sketch);
    expect(RULES.filter((rule) => rule.id === id).flatMap((rule) => whole(rule, of))).toEqual(expected);
  });

  it.each(CLAIMS)('%s is at hand where it has something to say: %j', async (_, sketch) => {
    const of = 'text' in sketch ? setupCase(sketch) : caseOf(sketch);
    const concluded = (rules: typeof RULES) => rules.flatMap((rule) => rule.conclude(of));
    expect(concluded(await rulesFor(of))).toEqual(concluded(RULES));
  });
});
