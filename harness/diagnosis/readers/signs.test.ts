import { describe, expect, it, test } from 'vitest';
import { partOf } from './part.fixture.ts';
import { signsIn } from './signs.ts';

const VFS = 'i915-sriov-dkms on the host, VFs wanted';

/** What the lines say, beside what the line about virtual functions would. */
const told = (...lines: readonly string[]) =>
  signsIn(partOf('facts', lines.join('\n'))).map(({ key, value }) => `${key}=${String(value)}`);

describe.each([
  [
    'sign=sriov-refused',
    [
      'the plugin page says SR-IOV Status: Not supported',
      '插件页面: SR-IOV 状态 不支持',
      'lspci -vv shows no SR-IOV capability',
      'this chip does not have the Single Root I/O Virtualization capability',
      'SR-IOV wird nicht unterstützt',
    ],
    [
      'driver does not support SR-IOV configuration via sysfs',
      'is SR-IOV not supported on that one?',
      'SR-IOV works',
    ],
  ],
  [
    'symptom=vfs-missing',
    [
      'N6005: no additional sub devices after the reboot',
      'no extra VFs',
      'lspci shows only one graphics device in the list',
      'the file sriov_numvfs does not exist',
      'sriov_totalvfs is 0',
      'IOMMU 组里只有一个核显',
      'setting sriov_numvfs gives Numerical result out of range',
    ],
    ['7 VFs are there', 'echo 3 > sriov_numvfs worked', 'only one VM runs'],
  ],
  [
    'sign=module-unbuilt',
    [
      'dkms status: i915-sriov-dkms/2025.03.27: added',
      'the module won’t build on 6.14',
      'dkms build failed on the host',
      'pve-headers-6.5.11-4-pve: unable to locate package pve-headers',
      'Your kernel headers for kernel 6.5.11-4-pve cannot be found.',
      'i915-sriov-dkms 编译失败',
      'das Modul lässt sich nicht kompilieren',
    ],
    [
      'dkms status: i915-sriov-dkms/2025.03.27: installed',
      'the nvidia module fails to build',
      'the module builds',
    ],
  ],
  [
    'sign=guest-module-unbuilt',
    ['Fedora VM: not able to build the module', 'in the guest the dkms build fails'],
    ['on the host the dkms build fails'],
  ],
  [
    'sign=reset-stuck',
    [
      'dmesg shows FLR Waiting and the whole system locks up',
      'it hangs at the FLR of 00:02.0',
      'vfio-pci: not ready 65535ms after FLR; giving up',
      'the function level reset never ends: stuck in function level reset',
      'FLR timed out on the iGPU',
      'waiting for FLR forever',
    ],
    ['VF2 FLR', 'is FLR bad?', 'the NIC: FLR timed out', 'FLR works'],
  ],
  [
    'sign=pf-given',
    [
      'picked 0000:00:02.0 for the Ubuntu VM',
      'I passed the PF to a Windows guest',
      '00:02.0 was assigned to VM 101',
      'added 00:02.0 to the VM and started it',
      'the VM has 00:02.0',
      'gave the physical function to the guest',
    ],
    ['passed 00:02.1 to the VM', 'do not pass 00:02.0 to a VM', 'should I pass the PF to the VM?'],
  ],
  [
    'symptom=vfs-missing',
    [
      'since then only one adapter, the others are missing',
      'after that the VFs are gone',
      'the virtual functions disappear',
      'all VFs were suddenly gone',
      'the rest have vanished',
    ],
    ['the errors are gone', 'the VFs were gone once, a reboot fixed it', 'VFs are there'],
  ],
  [
    'symptom=display-wanted',
    [
      "there's no display attached to the VF",
      'the VF has no outputs',
      'Windows shows zero monitors on the VF',
      'I am stuck with RDP',
      'no connectors on the vGPU',
    ],
    ['no display on the host', 'no problems with the VF', 'RDP works'],
  ],
  [
    'sign=hypervisor-hidden',
    [
      '装了 anti-detection (隐藏虚拟机)',
      'pve-anti-detection is installed',
      'I hide the hypervisor from the guest',
      'the VM is hidden',
      'hypervisor bit is off',
      '做了去虚拟化',
    ],
    ['I no longer hide the VM', 'should I hide the hypervisor?', 'the taskbar is hidden'],
  ],
  [
    'sign=module-unbuilt',
    [
      "modprobe: ERROR: could not insert 'xe': Exec format error",
      "modprobe: ERROR: could not insert 'i915': Invalid argument",
      "could not insert 'i915': Unknown symbol in module",
    ],
    ["could not insert 'nvidia': Exec format error"],
  ],
  [
    'sign=driver-kept-out',
    [
      "modprobe: ERROR: could not insert 'i915': Key was rejected by service",
      "could not insert 'xe': Required key not available",
      'install i915 /bin/false is in modprobe.d',
      "modprobe: ERROR: Error running install command '/bin/false' for module xe: retcode 1",
    ],
    ['removed install i915 /bin/false'],
  ],
  [
    'sign=no-pf-driver',
    ['no driver bound to the device', 'inxi: Device-1: Intel Raptor Lake-S driver: N/A'],
    ['in the VM: no driver bound to the device'],
  ],
  [
    'sign=all-functions',
    ['"All Functions" is ticked', 'VF added with all functions', '勾选了所有功能', 'mit „Alle Funktionen“'],
    ['All Functions not ticked', 'without all functions', 'I unchecked All Functions', 'all functions work'],
  ],
  [
    'sign=slot-taken',
    [
      'unable to assign PCI slot 2 to the iGPU',
      'slot 2 is already occupied by virtio-net',
      'guest address 00:02.0 is in use',
      'a virtio device sits at slot 2',
    ],
    ['the x16 slot is taken by the NIC', 'the iGPU is at slot 2', '00:02.0 is in use by the host'],
  ],
  [
    'sign=ballooning',
    ['ballooning is on', 'memory 16 GB, minimum memory 4 GB'],
    ['balloon: 0', 'without ballooning', 'ballooning device disabled, ballooning: off'],
  ],
  [
    'symptom=less-memory',
    [
      'the guest sees only 6 GB of its 20 GB',
      'Windows shows 3.9 GB instead of 16',
      'the VM sees half of its memory',
      'der Gast sieht 5 GB von 12',
    ],
    ['the VM has 8 GB of RAM', 'Windows shows 128 MB of 2 GB video memory', 'the VM has 8 GB of the 32'],
  ],
  [
    'sign=hypervisor-hidden',
    ['args: -cpu host,hypervisor=off', 'cpu: host,hidden=1', 'cpu host,-hypervisor', '-cpu host,kvm=off'],
    ['removed hidden=1', 'without kvm=off', 'no longer hypervisor=off'],
  ],
  [
    'sign=asls-zero',
    [
      'in the VM setpci -s 2.0 0xfc.L -> 00000000',
      'ASLS is zero in the guest',
      'the guest reads ASLS: 0x0000',
    ],
    ['host: 0xfc.L -> 6a2c1000', 'guest: 0xfc.L -> 7d0e4018'],
  ],
  [
    'symptom=host-freezes',
    [
      'virsh start takes the whole machine down',
      'my server keeps crashing as soon as the domain is started',
      'the kernel had an oops when I passed the VF',
      'as soon as it starts I get a panic',
      'the node went down',
      '一启动虚拟机宿主机死机',
    ],
    [
      'the guest’s kernel had a panic',
      'no kernel panic',
      'it took the machine an hour',
      'the guest keeps crashing',
    ],
  ],
  [
    'symptom=device-lost',
    [
      'when the VM starts I lose the network of the host',
      'after starting the VM the NIC of Proxmox disappears',
      'passing the iGPU: the host’s SATA disks are gone',
      '直通核显启动虚拟机后宿主机断网',
      'sobald die VM startet, ist das Netzwerk des Hosts weg',
    ],
    [
      'the VM loses its network in the guest',
      'RDP drops when the VM starts',
      'no longer lose the network when the VM starts',
    ],
  ],
  [
    'sign=host-desktop',
    [
      'GNOME is running on the host',
      'the device belongs to i915',
      'the host driver is xe',
      'Xorg uses the same GPU',
      'desktop host with KDE active',
    ],
    [
      'GDM is stopped',
      'i915 is blacklisted, not bound to i915',
      'the VF belongs to i915',
      'GNOME is running in the VM',
    ],
  ],
  [
    'symptom=display-wanted',
    ['I want the picture on my HDMI monitor', 'goal: VM on one of the display ports'],
    ['no need for HDMI', 'a monitor is attached'],
  ],
  [
    'deviceClass=0380',
    ['class of the device: 0x0380', 'Display controller [0380]'],
    ['class 0300', 'guest: class 0380'],
  ],
] as const)('%s', (said, yes, no) => {
  test.each(yes)('is told by: %s', (line) => {
    expect(told(VFS, line)).toContain(said);
  });

  test.each(no)('is not told by: %s', (line) => {
    expect(told(VFS, line)).not.toContain(said);
  });
});

test('an answer may stand in the line after the path', () => {
  expect(told('cat /sys/bus/pci/devices/0000:00:02.0/sriov_numvfs', 'No such file or directory')).toContain(
    'symptom=vfs-missing',
  );
});

test('whoever passes the whole device misses no virtual functions', () => {
  expect(told('SR-IOV is not supported here, so I pass the whole iGPU')).toEqual(['sign=sriov-refused']);
});

test('the name of the graphics is told, but for those of another machine', () => {
  expect(told('my UHD 630')).toEqual(['codename=my UHD 630']);
  expect(told('another box has UHD 770')).toEqual([]);
});

describe('releases of the module', () => {
  test.each([
    ['with release 2025.04.02 of the sriov module it is smooth', 'release 2025.08.01: it hangs'],
    [
      'sriov module 2025.04.02 installed',
      'all VFs fine',
      'updated to 2025.08.01',
      'since then the host went down',
    ],
    ['VFs lag with dkms 2026.02.03', 'with version 2025.12.10 they work'],
  ])('are a trial where one does well and another does not: %s …', (...lines) => {
    expect(told(...lines)).toContain('compared=host-driver');
  });

  test.each([
    ['VFs work with dkms 2025.04.02'],
    ['dkms 2025.04.02 on host and guest, VFs fail', 'dkms 2025.04.02 built without an error'],
    ['release 2025.04.02: VFs hang', 'release 2025.08.01: VFs hang, too'],
    ['kernel of 2025.04.02 works', 'kernel of 2025.08.01 hangs'],
  ])('are none otherwise: %s', (...lines) => {
    expect(told(...lines)).not.toContain('compared=host-driver');
  });
});

describe('a host that goes down, in other languages', () => {
  it.each([
    '再生中にホストマシンがフリーズします',
    'VM起動でカーネルパニック',
    '主机系统直接崩溃',
    'po starcie VM host się zawiesza',
    "l'hôte plante au démarrage de la VM",
    'el host se congela',
    'хост зависает при запуске ВМ',
    'host kernel panics during the encode',
    'at qm start the console spits a call trace',
  ])('%s', (text) => {
    expect(told(text)).toContain('symptom=host-freezes');
  });
});

describe('a port that shows the host', () => {
  it.each([
    'VF 00:02.1 in Windows, the TV on HDMI shows only the Proxmox console',
    'vf works, monitor shows the host login',
  ])('%s', (text) => {
    expect(told(text)).toContain('symptom=display-wanted');
  });

  it('is as it should be where that is said', () => {
    expect(told('VF passed, HDMI shows the host console, as it should')).toEqual([]);
  });
});
