import { expect, it } from 'vitest';
import { diagnosed, answer } from '../fixtures/diagnosed.ts';

const RUNS =
  'initrd=\\EFI\\proxmox\\6.5.13-1-pve\\initrd.img-6.5.13-1-pve root=ZFS=rpool/ROOT/pve-1 boot=zfs';
const NOT_PRESENT = 'cannot prepare PCI pass-through, IOMMU not present';

it.each([
  [`cat /proc/cmdline\n${RUNS}`, `GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=on"`, NOT_PRESENT],
  [
    `$ cat /proc/cmdline\n${RUNS}`,
    'set intel_iommu=on in /etc/default/grub and ran update-grub',
    NOT_PRESENT,
  ],
  [`$ cat /proc/cmdline\n${RUNS}`, 'GRUB_CMDLINE_LINUX="intel_iommu=on iommu=pt"', 'the VM does not start'],
  [
    '$ cat /proc/cmdline\nBOOT_IMAGE=/boot/vmlinuz-6.2.16-3-pve root=/dev/mapper/pve-root ro quiet',
    'edited grub: intel_iommu=on, forgot nothing I think',
    NOT_PRESENT,
  ],
  [
    'PVE 8.0, kernel 6.2.16-3-pve',
    'intel_iommu=on does not show up in /proc/cmdline',
    'passthrough does not work',
  ],
  [
    'PVE 7.4, kernel 5.15.102-1-pve',
    '/proc/cmdline has no intel_iommu',
    'qm start 100: cannot prepare PCI pass-through, IOMMU not present',
  ],
  ['PVE 8.1, ZFS', 'the kernel command line lacks intel_iommu=on', 'the VM fails to start'],
])('the parameter did not reach the kernel: %s / %s', (...lines) => {
  const seen = diagnosed({ 'facts.txt': lines.join('\n\n') });
  expect(answer(seen)).toBe('fail: host.iommu-off cause');
});

it.each([
  [
    'it is on the command line',
    `$ cat /proc/cmdline\n${RUNS} intel_iommu=on\n\nGRUB_CMDLINE_LINUX="intel_iommu=on"\n\nCode 43`,
  ],
  ['it works', `$ cat /proc/cmdline\n${RUNS}\n\nGRUB_CMDLINE_LINUX="intel_iommu=on"\n\neverything works`],
  [
    'the kernel has it on by itself',
    `$ cat /proc/cmdline\n${RUNS.replaceAll('6.5.13', '6.8.12')}\n\nGRUB_CMDLINE_LINUX="intel_iommu=on"\n\nCode 43`,
  ],
  [
    'the IOMMU is in use',
    `$ cat /proc/cmdline\n${RUNS}\n\nGRUB_CMDLINE_LINUX="intel_iommu=on"\n\n[    0.1] DMAR: IOMMU enabled\n\nCode 43`,
  ],
])('nothing is claimed where %s', (_why, text) => {
  const [first = '', ...rest] = text.split('\n\n');
  const seen = diagnosed({ 'cmdline.txt': first, 'facts.txt': rest.join('\n\n') });
  expect(seen.findings.map(({ id }) => id)).not.toContain('host.iommu-off');
});
