import { describe, expect, it } from 'vitest';
import { answer, causes, diagnosed } from '../fixtures/diagnosed.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { guestDriver } from './guest-driver.ts';
import { guestPrograms } from './guest-programs.ts';

const MISSING = 'fail: guest.driver-missing cause';
const said = (...lines: readonly string[]) => diagnosed({ 'facts.txt': lines.join('\n') });

describe('a healthy passthrough to a Linux guest without a driver', () => {
  it.each([
    [['host PVE 8.4, N100', 'VM: Debian 12 cloud image', 'ls /dev/dri: No such file or directory']],
    [['Proxmox, i5-12500 iGPU passed through', 'guest: Alpine, linux-virt kernel', 'no /dev/dri in the VM']],
    [['guest: Flatcar', 'lspci shows the UHD 630', '/dev/dri does not exist']],
    [['VM is Talos on Proxmox', 'lsmod | grep i915 returns nothing']],
    [['guest: Ubuntu 22.04 server', 'GPU is in lspci in the VM, no kernel driver in use']],
    [['VM: OpenWrt', 'modprobe: FATAL: Module i915 not found in directory /lib/modules/6.6.73']],
    [['iGPU 8086:46d4', 'VM: Ubuntu 24.04, kernel 6.8.0-71-generic', '/dev/dri is empty']],
    [['CPU: N150', 'guest: Debian 12, kernel 6.1.0-40-amd64', 'renderD128 is missing in the VM']],
    [['8086:7d55, Proxmox', 'VM: Debian 12', 'no /dev/dri in the guest']],
    [['VM: DSM 7.2 (xpenology), UHD 770 passed', 'nothing under /dev/dri']],
    [['host makes 7 VFs, one passed', 'guest Fedora 42', 'in the VM the module does not compile']],
  ])('%j', (lines) => {
    expect(answer(said(...lines))).toBe(MISSING);
  });

  it('says from which kernel on the device is known', () => {
    const facts = {
      guestOs: 'linux',
      device: '8086:46d4',
      guestKernel: '6.8.0-71-generic',
      symptom: 'no-render-node',
    } as const;
    expect(found(guestDriver, { facts })).toEqual(['guest.driver-missing cause certain']);
    const claim = claimOf(guestDriver, 'guest.driver-missing', { facts });
    expect(claim.detail).toContain('from Linux 6.9 on');
    expect(claim.detail).toContain('6.8.0-71-generic');
    expect(advice(claim)).toContain('6.9');
  });

  it.each([
    ['new enough', '6.11.0-29-generic'],
    ['of a distribution that takes drivers over', '5.14.0-570.el9_6.x86_64'],
  ])('does not blame the age of a kernel that is %s', (_, guestKernel) => {
    const facts = { guestOs: 'linux', device: '8086:46d4', guestKernel, symptom: 'no-render-node' } as const;
    expect(claimOf(guestDriver, 'guest.driver-missing', { facts }).title).not.toContain('older');
  });
});

describe('a driver that runs in the guest is not missing', () => {
  it.each([
    [
      [
        'VM: Ubuntu 24.04',
        'Kernel driver in use: i915',
        'renderD128 is there',
        'vainfo: iHD_drv_video.so init failed',
      ],
      'guest.driver-version',
    ],
    [
      ['guest: Debian 13, /dev/dri has card0 and renderD128', 'Jellyfin transcoding fails'],
      'guest.os-config',
    ],
    [['VM: Arch, Kernel driver in use: xe', 'OpenGL renderer string: llvmpipe'], 'guest.os-config'],
    [
      ['VM with UHD 630, lspci -k in the VM: using i915', 'libva error: virtio_gpu_drv_video.so init failed'],
      'guest.os-config',
    ],
    [
      [
        'guest Ubuntu: crw-rw---- 1 root render 226, 128 Jan 3 11:02 renderD128',
        'container: permission denied on /dev/dri/renderD128, transcoding fails',
      ],
      'guest.os-config',
    ],
  ])('%j leads to %s, which is no cause', (lines, id) => {
    const diagnosis = said(...lines);
    expect(diagnosis.findings[0]?.id).toBe(id);
    expect(causes(diagnosis)).toEqual([]);
  });

  it.each([
    [['VM: Debian 13', 'guest i915: render ring reset timed out, wedged', 'no renderD128']],
    [
      [
        'VM: Debian 13, VF, i915-sriov-dkms installed in the VM',
        'QSV: GPU hang now and then, transcoding fails',
      ],
    ],
  ])('nor does %j lead to a missing driver', (lines) => {
    expect(causes(said(...lines))).not.toContain('guest.driver-missing');
  });

  it('a guest’s log that has the driver up is enough', () => {
    const log =
      '[    2.1] i915 0000:00:10.0: [drm] VT-d active for gfx access\n[    2.9] [drm] Initialized i915 1.6.0 for 0000:00:10.0 on minor 1\n';
    const diagnosis = diagnosed({
      'guest-dmesg.txt': log,
      'facts.txt': 'guest: Ubuntu\nPlex in the VM: no hardware transcoding',
    });
    expect(diagnosis.findings[0]?.id).toBe('guest.os-config');
    expect(causes(diagnosis)).toEqual([]);
  });

  it('works where programs use it and nobody complains', () => {
    expect(answer(said('VM: Debian 13, whole iGPU', 'h264_vaapi 4.2x realtime'))).toBe('pass: works info');
    expect(answer(said('VM: Debian 13, Kernel driver in use: i915', 'renderD128 exists'))).toBe(
      'pass: works info',
    );
  });

  it.each([
    [['guest: HAOS', 'frigate uses the iGPU via vaapi, works', 'intel_gpu_top shows nothing on the host']],
    [
      [
        'VM: Debian 13, VF',
        "vainfo: error: can't connect to X server, then it lists all profiles",
        'all works',
      ],
    ],
    [['VM: Ubuntu', 'before, with the cloud kernel, there was no /dev/dri', 'now Plex transcodes, works']],
  ])('and where it is said to, nothing beside that blames the driver: %j', (lines) => {
    expect(causes(said(...lines))).toEqual([]);
  });

  it('says nothing of Windows', () => {
    expect(
      found(guestPrograms, {
        facts: { guestOs: 'windows', guestSight: 'bound', symptom: 'no-acceleration' },
      }),
    ).toEqual([]);
  });
});

it('a log is the guest’s where its file says so', () => {
  const log =
    '[    2.1] i915 0000:01:00.0: [drm] *ERROR* Device is non-operational; MMIO access returns 0xFFFFFFFF!\n';
  const facts = 'guest: Ubuntu 24.04 with one VF\n';
  expect(answer(diagnosed({ 'guest-dmesg.txt': log, 'facts.txt': facts }))).toBe(MISSING);
});
