import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { COMPARED, type Compared } from '../fact.ts';
import { comparedIn } from './compared.ts';
import { partOf } from './part.fixture.ts';

function found(text: string): readonly Compared[] {
  const values = comparedIn(partOf('facts', text)).flatMap((fact) =>
    fact.key === 'compared' ? [fact.value] : [],
  );
  return [...new Set(values)].toSorted();
}

/** What people write, and what it shows to be at fault. */
const TOLD: readonly (readonly [text: string, fault: Compared])[] = [
  ['since the upgrade: no HW acceleration in ffmpeg\nHAOS: 15.0', 'guest-kernel'],
  ['kernel: 6.8.12-20-pve\nCode 43\nworked fine on 6.8.12-11-pve', 'host-kernel'],
  ['Kernel 6.17.2-1-pve: VM freezes\nKernel 6.14.11-4-pve: works', 'host-kernel'],
  ['everything worked until the kernel update to 6.17', 'host-kernel'],
  ['worked until 6.8.12-12-pve', 'host-kernel'],
  ['going back to kernel 6.8.12-11-pve fixes it\nnow on 6.8.12-12-pve: VFs gone', 'host-kernel'],
  ['on 6.5 kernel it works, on kernel 6.8 it does not', 'host-kernel'],
  ['kernel 6.8 works, 6.11 fails', 'host-kernel'],
  ['works only with kernel 6.5\nkernel: 6.8.12-4-pve\nCode 43', 'host-kernel'],
  ['Seit dem Update auf Proxmox 9 kein Bild mehr', 'qemu'],
  ['Nach dem Kernel-Update auf 6.14: Code 43', 'host-kernel'],
  ['mit Kernel 6.8.12-11-pve funktioniert es, mit 6.8.12-12-pve nicht', 'host-kernel'],
  ['Windows hat den Treiber aktualisiert, jetzt Code 43', 'guest-driver'],
  ['seit dem Treiberupdate Code 43', 'guest-driver'],
  ['更新驱动后 Code 43', 'guest-driver'],
  ['驱动更新之后报错43', 'guest-driver'],
  ['升级到 PVE 9 之后黑屏', 'qemu'],
  ['内核升级后 直通失败', 'host-kernel'],
  ['QEMU 9.0.2 works, QEMU 9.2.0 black screen', 'qemu'],
  ['Windows updated the Intel driver by itself, now Code 43', 'guest-driver'],
  ['Code 43 since the driver update', 'guest-driver'],
  ['driver 31.0.101.5333 works\ndriver 32.0.101.6078: Code 43', 'guest-driver'],
  ['Intel driver: 32.0.101.6739\nCode 43\nolder driver works', 'guest-driver'],
  ['26.20.100.7262 works, newer give Code 43', 'guest-driver'],
  ['HAOS 18.0 with the same config boots fine, 18.1 hangs', 'guest-kernel'],
  ['Ubuntu 22.04 VM works, Ubuntu 24.04 VM: no /dev/dri', 'guest-kernel'],
  ['a Linux live ISO shows a picture, Windows does not', 'guest'],
  ['macOS VM: black screen\nUbuntu VM on the same machine with the same rom: works perfectly', 'guest'],
  ['Windows 11: Code 43\nUbuntu guest works fine', 'guest'],
  ['Code 43 since I installed WSL', 'vbs'],
  ['Code 43 since I enabled Hyper-V in the guest', 'vbs'],
  ['after setting up Windows Hello: Code 43', 'vbs'],
  ['worked until I enabled Hyper-V', 'vbs'],
  ['it works without WSL', 'vbs'],
  ['the same VM shows a picture only as i440fx', 'machine'],
  ['q35: no picture, i440fx: picture', 'machine'],
  ['works with i440fx but not with q35', 'machine'],
  ['with the stock i915 driver VFs fail, with i915-sriov-dkms it works', 'host-driver'],
  ['i915-sriov-dkms 2025.05.18 works\ni915-sriov-dkms 2025.07.22: Code 43', 'host-driver'],
  ['cpu: kvm64 works, cpu: host code 43', 'cpu'],
  ['guest kernel 6.8 works, guest kernel 6.11: no /dev/dri', 'guest-kernel'],
  ['was fine on PVE 8.4\nPVE 9.0.3\nCode 43', 'qemu'],
  ['Broke after upgrading from Proxmox 8 to 9', 'qemu'],
  ['after Windows updated to 24H2: Code 43', 'guest-kernel'],
  ['Windows 10 VM works, Windows 11 VM: Code 43', 'guest'],
  [
    'It was working perfectly on 6.5.13-5-pve.\nLinux pve 6.8.4-2-pve\nDevice Manager: Code 43',
    'host-kernel',
  ],
  ['PVE 8.2 kernel 6.8.4: black screen; booting the old kernel 6.5.13 it works again', 'host-kernel'],
  ['Pinning kernel 6.8.12-8-pve solves it\n6.8.12-9-pve: VM does not start', 'host-kernel'],
  ['Upgraded from Proxmox 8.4 to 9.0 yesterday, since then the Windows VM shows Code 43', 'qemu'],
  ['Since updating to PVE 9 my Windows VM freezes', 'qemu'],
  ['After upgrading pve-qemu-kvm to 10.1 no picture', 'qemu'],
  ['VFs on PVE 8.4.16 fine\nPVE 9.1: VF gives Code 43', 'host-kernel'],
  ['Windows 11 VM: Code 43\nDebian VM with the same VF: vainfo ok, transcoding works', 'guest'],
  ['VM Windows: code 43. In an Ubuntu VM the same iGPU works without problems.', 'guest'],
  ['Ubuntu guest: fine\nWin10 guest: code 43', 'guest'],
  ['Fedora 40 VM: /dev/dri missing\nUbuntu 24.04 VM: /dev/dri there and works', 'guest'],
  ['After the Windows 24H2 update: black screen', 'guest-kernel'],
  ['It broke when Windows Update installed a new graphics driver', 'guest-driver'],
  ['Rolling back the driver to 31.0.101.4502 fixes it\ndriver 32.0.101.5972: Code 43', 'guest-driver'],
  ['Treiber 31.0.101.5186 läuft, mit 32.0.101.6078 Code 43', 'guest-driver'],
  ['31.0.101.5186 能用, 32.0.101.6078 报错43', 'guest-driver'],
  ['6.8 内核可以, 6.14 内核不行', 'host-kernel'],
  ['as soon as I enable Hyper-V in the guest I get Code 43', 'vbs'],
  ['Memory integrity turned on -> Code 43, turned off -> works', 'vbs'],
  ['开启 Hyper-V 之后 代码43', 'vbs'],
  ['Seit ich WSL installiert habe: Code 43', 'vbs'],
  ['guest kernel 6.1 works\nguest kernel 6.12 hangs', 'guest-kernel'],
  ['In the VM: kernel 6.8.0-45-generic works, 6.8.0-47-generic: no /dev/dri', 'guest-kernel'],
  ['worked fine before the update to kernel 6.17.2-1-pve', 'host-kernel'],
  ['Talos 1.8 works, Talos 1.9 panics', 'guest-kernel'],
  ['Host kernel: 6.8.12-20-pve (was fine on 6.8.12-11-pve)', 'host-kernel'],
  ['Proxmox kernel updated to 6.8.12-12-pve\nwith 6.8.12-11-pve it works', 'host-kernel'],
  ['after update from proxmox 8.4.1 to 8.4.5 sr-iov does not work', 'host-kernel'],
  ['Proxmox updated, now QEMU 9.2.0\nno display output\nbefore the update: worked', 'qemu'],
  ['驱动 26.20.100.7262 可以亮\nWindows 自动更新了核显驱动\n现在: Code 43', 'guest-driver'],
  [
    '6.12.33+deb13-amd64 on the host: VF works in the guests\n6.12.37+deb13-amd64 on the host: the vGPU is gone in the Windows guest and gives errors in the Debian guest',
    'host-kernel',
  ],
  [
    'host kernel: 6.14.11-3-pve\nworks with guest kernel 6.12.43+deb13-amd64\nafter apt upgrade to 6.12.48+deb13-amd64: /dev/dri disappeared',
    'guest-kernel',
  ],
  [
    'Guest: DSM\nls: cannot access /dev/dri: No such file or directory\nan Ubuntu 22.04 VM with the same passthrough has /dev/dri',
    'guest',
  ],
  [
    'with the official i915 backports driver the host crashes\nwith the unofficial i915-sriov-dkms it works fine',
    'host-driver',
  ],
];

/** Both work, neither does, the present one does, another machine, or no trial at all. */
const SILENT: readonly string[] = [
  'module built for 6.2.0-39, 6.5.0-35, 6.5.0-41: OK\nboot test with 6.2.0-39-generic: OK',
  'kernel: 6.8.12-20-pve\nworks fine',
  'Host kernel: 6.14.11-2-pve\nupgraded from 6.14.10\nstatus: still working after the upgrade',
  'i915 sriov dkms, upgraded from 6.14.10',
  'updated the driver, still Code 43',
  'Code 43 with driver 32.0.101.6078, same with 31.0.101.5333',
  'older driver: also Code 43\ndriver 32.0.101.6739: Code 43',
  'Tried kernel 6.8 and 6.11: Code 43',
  'PVE 8.4, now 9: same\nCode 43',
  'identical set-up with 3e9b works\nGuest: DSM\nno /dev/dri',
  'other box with Ubuntu VM works\nGuest: Windows 11, Code 43',
  'another server with kernel 6.8.12-11-pve works\nkernel: 6.8.12-12-pve\nCode 43',
  'kernel: 6.8.12-11-pve\n6.8.12-12-pve had broken it\nnow it works',
  'downgraded to kernel 6.8.12-11-pve, works now\n6.8.12-12-pve: Code 43',
  'fixed by updating to kernel 6.11\nkernel 6.8: VFs missing',
  'should I go back to kernel 6.8?\nPVE9, kernel 6.14.11-2',
  'Windows VM works, Ubuntu VM works too',
  'WSL not installed, Code 43',
  'Hyper-V enabled on the host, Code 43?',
  'Code 43\nHyper-V: off',
  'disabled Hyper-V, still Code 43',
  'disabled WSL: works now',
  'enabled WSL, still works',
  'before installing the driver picture ok, after installing it black screen',
  'updated the BIOS, now Code 43',
  'update-initramfs -u done, Code 43',
  'PVE 9.0.3, kernel 6.14.8-2-pve, QEMU 10.0.2\nWindows 11, driver 32.0.101.6078\nCode 43',
  'one Win11 VM works\nsecond VM with the same settings: Code 43',
  'works on bare metal Ubuntu\nVM: Windows 11, Code 43',
  'in an LXC with Debian it works\nWindows 11 VM: Code 43',
  'machine: i440fx\nworks only as i440fx',
  'Windows 11 VM: RDP works, no picture\nDebian host: i915 blacklisted',
  'updated to PVE 9 last week\nWindows 11\nCode 43',
  'installed the latest driver: Code 43',
  'Code 43, tried several driver versions',
  'guest kernel is always 6.12.37+deb13-amd64\nno /dev/dri',
  'Host OS: Ubuntu 22.04, works\nGuest: Windows 11, Code 43',
  'kernel 6.8: fails\nkernel 6.11: fails',
  'i5-8500 with Windows works\ni5-10400 with Ubuntu VM: no picture',
  'After upgrading RAM Code 43',
  'after update Windows works fine',
  'never worked on 6.8\nkernel 6.11.0-1-pve, Code 43',
  'QEMU 10.1.2 and kernel 6.17, everything works\nCode 43 on QEMU 9.0',
  'worked before\nCode 43',
  'Ubuntu guest on kernel 6.8 works, Windows guest on kernel 6.11 Code 43',
  'after a host reboot it works, after VM reboot Code 43',
  'VM: q35, OVMF\nno picture\ni440fx not tested',
  'Guest: Windows 11 and Ubuntu\nWindows works, sound missing',
  'audio works in Windows, Linux has no sound',
  'upgraded the driver to 32.0.101.6078, Code 43 is gone',
  'Guest: Windows 11\nRDP works\nHDMI no picture',
  'Proxmox 8.4 kernel 6.8.12-9-pve\nUbuntu 24.04 VM with VF works\nhost sometimes freezes',
  'Windows 11 VM works great\nonly HDMI audio missing',
  'Windows VM: works\nmacOS not tried yet',
  'two VMs: Windows 11 and Ubuntu, both Code 43 / no picture',
  'The iGPU works on the host with i915, Windows VM gets Code 43',
  'kernel 6.17.2-1-pve\nAfter starting the VM the host freezes',
  'PVE 9.0.3\nVM starts after update of config',
  'I followed the guide for 8.4, on 9.0 now, Code 43',
  'GPU-Z works, Windows shows Code 43',
  'Jellyfin in Docker on Ubuntu works with CPU only, GPU: no /dev/dri',
  'After reinstalling Windows 11 Code 43',
  'driver: 32.0.101.6078 from Intel, installs fine, then Code 43',
  'Windows Update installs driver 31.0.101.2111, Code 43',
  'VirtIO-GPU works, iGPU Code 43',
  'x-igd-opregion=on: black screen, without it: works but no HDMI',
  'first boot works, after reboot Code 43\nkernel 6.8.12-4-pve',
  'Ubuntu VM with virtio display works; with vga none no picture',
  'Windows 10 guest works on my Coffee Lake\nWindows 11 guest on the N100: Code 43',
  'Intel Arc A380 works in Windows VM\niGPU in Ubuntu VM: no picture',
  'with rom: picture, without rom: Code 43',
  'Windows 11 VM: no HDMI, Ubuntu LXC transcodes fine',
  'i915-sriov-dkms 2025.07.22, kernel 6.14 host, kernel 6.12 guest\nVFs work in Windows, Code 43 after guest reboot',
  'BIOS update fixed it',
  'kernel 6.8: works\nkernel 6.11: works\nkernel 6.14: works\nproblem: no HDMI audio',
  'QEMU 9.2 / kernel 6.11\ncode 43\nNote: kernel 6.8 needs another dkms',
  'It works with Debian 12 as host',
  'Update: solved, works now with driver 32.0.101.6078',
  'Edit: after updating the ROM it works, before Code 43',
  'upgraded to 24H2 and Code 43 is still there',
  'Tested with Ubuntu 24.04 live ISO: also black. Windows 11 works via RDP only',
  'hyper-v enlightenments enabled, Code 43',
  'hv_vendor_id set, Hyper-V flags on, code 43',
  'vbs enabled? not sure. Code 43',
];

describe('a trial is read', () => {
  test.each(TOLD)('%j: %s', (text, fault) => {
    expect(found(text)).toEqual([fault]);
  });
});

describe('no trial is made up', () => {
  test.each(SILENT)('%j', (text) => {
    expect(found(text)).toEqual([]);
  });
});

test('both halves of a comparison are quoted', () => {
  const facts = comparedIn(
    partOf('facts', 'CPU: N100\ndriver 31.0.101.5333 works\ndriver 32.0.101.6078: Code 43'),
  );
  expect(facts.map(({ quote }) => quote.line)).toEqual([2, 3]);
});

test('only plain facts are read', () => {
  expect(comparedIn(partOf('kernel-log', 'kernel 6.8 works, kernel 6.11 fails'))).toEqual([]);
});

const told = fc.constantFrom(...TOLD.map(([text]) => text), ...SILENT);
const UNRELATED = [
  'CPU: Intel N100',
  'Board: ASRock B760M',
  'RAM: 32 GB',
  'BIOS: VT-d on',
  'monitor on HDMI',
];

test('lines that have nothing to do with it change nothing, wherever they stand', () => {
  fc.assert(
    fc.property(
      told,
      fc.array(fc.tuple(fc.constantFrom(...UNRELATED), fc.nat(5)), { maxLength: 5 }),
      (text, others) => {
        const lines = text.split('\n');
        for (const [line, at] of others) lines.splice(Math.min(at, lines.length), 0, line);
        expect(found(lines.join('\n'))).toEqual(found(text));
      },
    ),
  );
});

test('the order of lines does not matter', () => {
  const shuffled = told.chain((text) => {
    const lines = text.split('\n');
    return fc.tuple(fc.constant(text), fc.shuffledSubarray(lines, { minLength: lines.length }));
  });
  fc.assert(
    fc.property(shuffled, ([text, lines]) => {
      expect(found(lines.join('\n'))).toEqual(found(text));
    }),
  );
});

test('no text throws, and what comes out is known', () => {
  const words = TOLD.flatMap(([text]) => text.split(/(?<=\s)/));
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(fc.constantFrom(...words, ',', '(', ')', ' - ', ': ', '?', '\u0000'), { maxLength: 60 })
      .map((all) => all.join('')),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      for (const value of found(lines.join('\n'))) expect(Object.keys(COMPARED)).toContain(value);
    }),
    { numRuns: 300 },
  );
});
