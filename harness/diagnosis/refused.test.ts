import { describe, expect, it } from 'vitest';
import { diagnosed } from './fixtures/diagnosed.ts';

/** What a machine says when it refuses or gives up, and what that is. */
const REFUSALS = [
  ['qemu-system-x86_64: vfio 0000:00:1f.3: group 11 is not viable', 'host.group-not-viable'],
  ['[  77.120034] vfio_pin_pages_remote: RLIMIT_MEMLOCK (67108864) exceeded', 'host.memlock'],
  ["TASK ERROR: PCI device '0000:00:02.0' already in use by VMID '120'", 'host.device-busy'],
  ['TASK ERROR: cannot prepare PCI pass-through, IOMMU not present', 'host.iommu-off'],
  [
    '[  60.000001] vfio-pci 0000:04:00.0: Device is ineligible for IOMMU domain attach due to platform RMRR requirement.',
    'host.rmrr',
  ],
] as const;
const TOLD = [
  'CPU: i5-8500T\nGPU alone starts',
  'the GPU by itself works\nwith the sound device it fails',
  'as root it works\nerror as my user',
  'CPU: i5-8500T, PVE 8.3',
] as const;

describe.each(REFUSALS)('%s', (line, id) => {
  it.each(TOLD)('decides beside %j', (told) => {
    expect(diagnosed({ 'said.txt': told, 'start.log': line }).findings[0]?.id).toBe(id);
  });

  it('is no cause where it is said to work', () => {
    const { findings } = diagnosed({ 'said.txt': 'CPU: i5-8500T\nall works now', 'start.log': line });
    expect(findings.filter(({ severity }) => severity === 'cause')).toEqual([]);
  });
});

it('is of the past where its teller says so', () => {
  const said =
    'first: failed to find romfile "/usr/share/kvm/some.rom" -> copied it\nthen code 43, corrected\nnow the desktop shows on HDMI, works';
  expect(diagnosed({ 'said.txt': said }).findings.filter(({ severity }) => severity === 'cause')).toEqual([]);
});

it.each([
  ['yellow mark: "This device cannot start. (Code 10)"', 'guest.problem-code'],
  ['Code 12: not enough free resources', 'guest.problem-code'],
  ['Device Manager: Code 31', 'guest.problem-code'],
  ['Device Manager: Code 14', 'guest.not-settled'],
  ['ConfigManagerErrorCode = 18 at 60 s', 'guest.not-settled'],
  ['bugcheck was: 0x00000116, igdkmdn64.sys\nthe VM reboots', 'guest.bsod'],
  [
    'installer: this operating system is not supported\nonly the basic display adapter',
    'guest.driver-version',
  ],
  [
    'fine for weeks on 31.0.101.5333\nCode 43 today\nUpdate history: Intel Corporation - Display - 32.0.101.6987',
    'guest.driver-replaced',
  ],
])('of a Windows guest %j is %s', (told, id) => {
  expect(diagnosed({ 'said.txt': `Guest: Windows 11\n${told}` }).findings[0]?.id).toBe(id);
});

it.each([
  ["guest: kldload: can't load i915kms: No such file or directory", 'FreeBSD 14.2', 'guest.driver-missing'],
  [
    'in the guest: Loading of module with unavailable key is rejected\nno /dev/dri',
    'Ubuntu 24.04',
    'guest.os-config',
  ],
  ['as user plex: vainfo fails to open\nsudo vainfo lists all', 'Debian 13', 'guest.os-config'],
])('of another guest %j is found', (told, os, id) => {
  expect(diagnosed({ 'said.txt': `Guest OS: ${os}\n${told}` }).findings[0]?.id).toBe(id);
});

it.each(['module_blacklist=xe i915.max_vfs=7', 'nomodeset vfio-pci.ids=8086:46d1', 'module_blacklist=i915'])(
  'a host’s own command line with %s keeps nothing out of a guest',
  (words) => {
    const line = `[    0.000000] Command line: root=/dev/sda1 ro intel_iommu=on ${words}`;
    const ids = diagnosed({ 'said.txt': 'VFs do not appear', 'dmesg.txt': line }).findings.map(
      ({ id }) => id,
    );
    expect(ids).not.toContain('guest.os-config');
  },
);
