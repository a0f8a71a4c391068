import { expect, test } from 'vitest';
import { kindsOf, readText } from './read-text.fixture.ts';

/** Each text is all of one kind, however short. */
test.each([
  [
    'proxmox-config',
    'agent: 1\nballoon: 0\nbios: ovmf\nboot: order=scsi0;net0\ncpu: host\nefidisk0: local-lvm:vm-103-disk-0,size=4M\nhostpci0: mapping=igpu,pcie=1\nmachine: q35\nmemory: 8192\nmeta: creation-qemu=10.0.2,ctime=1700000000\nname: win11\nostype: win11\nscsihw: virtio-scsi-single\nvga: none',
  ],
  [
    'proxmox-config',
    '#hostpci for the iGPU\nargs: -set device.hostpci0.addr=0x02.0\nbios: seabios\n\n[before-update]\nbios: ovmf\nhostpci0: 00:02.0',
  ],
  [
    'libvirt-xml',
    "<domain type='kvm'>\n  <name>win11</name>\n  <description>\n    for the family\n    cpu: N100\n  </description>\n  <os firmware='efi'>\n    <type arch='x86_64' machine='pc-q35-9.0'>hvm</type>\n  </os>\n\n  <devices/>\n</domain>",
  ],
  ['libvirt-xml', "&lt;qemu:commandline&gt;\n  &lt;qemu:arg value='-set'/&gt;\n&lt;/qemu:commandline&gt;"],
  [
    'qemu-command-line',
    '/usr/bin/kvm -id 103 -name win11,debug-threads=on -no-shutdown -device vfio-pci,host=0000:00:02.0,id=hostpci0',
  ],
  [
    'qemu-command-line',
    'qemu-system-x86_64 \\\n  -machine pc \\\n  -device vfio-pci,host=00:02.0 \\\n  -display none',
  ],
  [
    'qemu-command-line',
    'root        1234 99.0  3.1 9000000 500000 ?  Sl   10:00   1:00 /usr/bin/kvm -id 103 -name win',
  ],
  [
    'qemu-log',
    'kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: failed to setup container for group 2: Invalid argument',
  ],
  ['qemu-log', 'start failed: QEMU exited with code 1\nTASK ERROR: start failed: QEMU exited with code 1'],
  [
    'qemu-log',
    "error: Failed to start domain 'win11'\nerror: internal error: qemu unexpectedly closed the monitor: 2026-11-22T12:02:08.123456Z qemu-system-x86_64: x",
  ],
  [
    'qemu-log',
    '2026-11-22 12:02:08.123+0000: starting up libvirt version: 11.3.0, package: 3 (Debian), qemu version: 10.0.2, kernel: 6.12.43, hostname: host\n2026-11-22T12:02:09.123456Z qemu-system-x86_64: vfio: Cannot reset device 0000:00:1f.3, no available reset mechanism.',
  ],
  [
    'kernel-log',
    "vfio-pci 0000:00:02.0: BAR 2: can't reserve [mem 0x4000000000-0x400fffffff 64bit pref]\nDMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x1000",
  ],
  [
    'lspci',
    '00:02.0 VGA compatible controller [0300]: Intel Corporation Alder Lake-N [UHD Graphics] [8086:46d1]\n\tSubsystem: Device [1849:46d1]\n\tKernel driver in use: vfio-pci\n\tKernel modules: i915, xe',
  ],
  [
    'lspci',
    '00:02.0 VGA compatible controller: Intel Corporation HD Graphics 530 (rev 06) (prog-if 00 [VGA controller])\nSubsystem: ASUSTeK Computer Inc. Device 8694\nFlags: bus master, fast devsel, latency 0, IRQ 16\nKernel driver in use: i915',
  ],
  ['lspci', '00:02.0 0300: 8086:46d1\n00:1f.3 0403: 8086:54c8'],
  [
    'lspci',
    'IOMMU Group 0:\n\t00:02.0 VGA compatible controller [0300]: Intel Corporation Device [8086:46d1]',
  ],
  [
    'pve-versions',
    'proxmox-ve: 9.0.0 (running kernel: 6.14.8-2-pve)\npve-manager: 9.0.3 (running version: 9.0.3/025864202ebb6109)\nceph-fuse: 19.2.2-pve5\ncorosync: not correctly installed\nqemu-server: 9.0.16',
  ],
  ['pve-versions', 'pve-manager/9.0.3/025864202ebb6109 (running kernel: 6.14.8-2-pve)'],
  [
    'host-file',
    'BOOT_IMAGE=/boot/vmlinuz-6.8.12-4-pve root=/dev/mapper/pve-root ro quiet intel_iommu=on iommu=pt',
  ],
  ['host-file', 'root=ZFS=rpool/ROOT/pve-1 boot=zfs quiet intel_iommu=on'],
  ['host-file', 'options vfio-pci ids=8086:46d1 disable_vga=1\nblacklist i915\nsoftdep i915 pre: vfio-pci'],
  ['host-file', '/sys/class/iommu/dmar0/intel-iommu/cap:1c0000c40660462'],
  ['host-file', 'root@pve:~# cat /sys/class/iommu/dmar0/intel-iommu/cap\n1c0000c40660462'],
  ['host-file', 'GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=on"'],
  ['probe-answer', '@@IGPU1 14\n{"schema":1,}x\n@@END'],
  [
    'device-status',
    'Instanz-ID:                PCI\\VEN_8086&DEV_46D1&SUBSYS_00000000&REV_00\\3&11583659&0&10\nGerätebeschreibung:        Intel(R) UHD Graphics\nStatus:                    Problem\nProblemcode:               43 (0x2B) [CM_PROB_FAILED_POST_START]',
  ],
  [
    'device-status',
    'Status     Class           FriendlyName                InstanceId\n------     -----           ------------                ----------\nError      Display         Intel(R) UHD Graphics       PCI\\VEN_8086&DEV_46D1&SUBSYS_0',
  ],
  [
    'device-status',
    'FriendlyName           : Intel(R) UHD Graphics\nInstanceId             : PCI\\VEN_8086&DEV_46D1\nConfigManagerErrorCode : CM_PROB_FAILED_POST_START',
  ],
  [
    'facts',
    'CPU: i5-8500T\nPVE 8.4, kernel: 6.8.12-4-pve\nqemu: 9.2.0\nmode: whole iGPU (GVT-d)\nrom file: none\nguest os: Windows 11 24H2\ndriver: 32.0.101.6078\nDevice Manager shows Code 43\ni915: blacklisted\niommu=pt added to grub\nlibvirt: 10.0\nvfio-pci: bound at boot\nbios: ovmf\nname: my box',
  ],
])('%s: %s', (kind, text) => {
  expect(readText(text).parts.map((part) => part.kind)).toEqual([kind]);
});

test('a guest’s log is told from the host’s by what it says', () => {
  const host =
    '[    0.000000] Linux version 6.8.12-4-pve\n[    1.000000] vfio-pci 0000:00:02.0: enabling device';
  const guest =
    '[    0.000000] Linux version 6.1.0-13-amd64\n[    0.000000] DMI: QEMU Standard PC (Q35 + ICH9, 2009)\n[    0.400000] pci 0000:00:02.0: Adding to iommu group 2';
  expect(kindsOf(guest)).toEqual(['guest-kernel-log 1-3']);
  expect(kindsOf(`${host}\n${guest}`)).toEqual(['kernel-log 1-2', 'guest-kernel-log 3-5']);
});

const GUEST_LINES = [
  '[    0.000000] Hypervisor detected: KVM',
  '[    0.400000] virtio_net virtio1 ens18: renamed from eth0',
];
const HOST_LINES = [
  '[    9.000000] vfio-pci 0000:00:02.0: enabling device',
  '[    9.100000] vmbr0: port 1(enp1s0) entered forwarding state',
  '[    9.200000] vfio-pci 0000:01:00.0: enabling device',
];
const PLAIN = '[   10.000000] i915 0000:00:02.0: [drm] *ERROR* Failed to find VBIOS tables (VBT)';

test.each([
  [
    'one line that a host would say, under a heading',
    ['Guest dmesg:', HOST_LINES[0], PLAIN],
    'guest-kernel-log',
  ],
  ['the host’s lines under a heading that is wrong', ['Guest dmesg:', ...HOST_LINES, PLAIN], 'kernel-log'],
  ['one line of a host among a guest’s', [...GUEST_LINES, HOST_LINES[1], PLAIN], 'guest-kernel-log'],
  ['one line of a guest among a host’s', [GUEST_LINES[0], ...HOST_LINES, PLAIN], 'kernel-log'],
  [
    'a host that is a guest itself',
    ['root@pve:~# dmesg', ...GUEST_LINES, HOST_LINES[0], PLAIN],
    'kernel-log',
  ],
  ['as many of each', [GUEST_LINES[0], HOST_LINES[0], PLAIN], 'kernel-log'],
])('whose log it is weighs its lines: %s', (_, lines, kind) => {
  expect(readText(lines.join('\n')).parts.map((part) => part.kind)).toEqual([kind]);
});

test('a line of a guest that floods a log weighs no more than some', () => {
  const flood = `${GUEST_LINES[1]}\n`.repeat(50);
  const log = `root@pve:~# dmesg\n${flood}${HOST_LINES.join('\n')}\n`;
  expect(readText(log).parts.map((part) => part.kind)).toEqual(['kernel-log']);
});

test.each([
  ['guest dmesg:', 'guest-kernel-log'],
  ['## dmesg inside the VM', 'guest-kernel-log'],
  ['root@my-vm:~# dmesg', 'guest-kernel-log'],
  ['<summary>Guest dmesg</summary>', 'guest-kernel-log'],
  ['dmesg after the VM starts:', 'kernel-log'],
  ['host dmesg when starting the guest:', 'kernel-log'],
  ['root@pve:~# dmesg | tail', 'kernel-log'],
])('"%s" announces a %s', (heading, kind) => {
  const line = '[    1.500000] i915 0000:00:02.0: [drm] *ERROR* Failed to find VBIOS tables (VBT)';
  expect(readText(`${heading}\n${line}\n`).parts.map((part) => part.kind)).toEqual([kind]);
});

test('what a heading announces ends with the next one', () => {
  const line = '[    1.500000] i915 0000:00:02.0: [drm] *ERROR* Failed to find VBIOS tables (VBT)';
  expect(kindsOf(`Guest dmesg:\n${line}\n\nHost dmesg:\n${line}\n`)).toEqual([
    'guest-kernel-log 2-2',
    'kernel-log 5-5',
  ]);
});

test('a statement right below a log’s line stays a statement', () => {
  const line =
    '[    4.075646] vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff';
  expect(kindsOf(`${line}\nWindows shows Code 43\n`)).toEqual(['kernel-log 1-1', 'facts 2-2']);
});

test('blank lines and separators of grep do not part a log', () => {
  const line =
    '[    4.075646] vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff';
  expect(kindsOf(`${line}\n\n${line}\n--\n${line}\n`)).toEqual(['kernel-log 1-5']);
});
