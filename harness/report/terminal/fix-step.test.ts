import { expect, test } from 'vitest';
import { isCommand } from './fix-step.ts';

test.each([
  'apt update && apt full-upgrade   # QEMU 10.0 or newer',
  "echo 'options vfio_iommu_type1 dma_entry_limit=1048576' > /etc/modprobe.d/vfio-limit.conf && update-initramfs -u",
  'lspci -nnk -s 00:02.0; dkms status; modinfo i915 | grep -i max_vfs',
  'bcdedit /set hypervisorlaunchtype off   # then restart the guest',
  'machine: pc   # i440fx',
  'hostpci0: 0000:00:02.0',
  'intel_iommu=on iommu=pt',
  "<qemu:property name='x-igd-legacy-mode' type='string' value='off'/>",
  '-device intel-iommu,aw-bits=39',
  'reg add HKLM\\SOFTWARE\\Policies /v X /t REG_DWORD /d 1 /f',
])('"%s" is pasted', (text) => {
  expect(isCommand(text)).toBe(true);
});

test.each([
  'install the driver version that worked, and keep Windows Update from replacing it (X=1)',
  'remove vfio-pci ids=8086:… and any blacklist of i915 or xe, then update-initramfs -u and restart',
  'Primary display: IGFX / iGPU / internal. iGPU multi-monitor: enabled.',
  'get the file again, or another one, and look at it: code43 rom inspect <file>',
  'use QEMU 10.0 or newer (Core Ultra: 10.1)',
  'make the iGPU the primary display',
  'or update QEMU',
])('"%s" is read', (text) => {
  expect(isCommand(text)).toBe(false);
});
