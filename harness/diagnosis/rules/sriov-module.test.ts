import { describe, expect, it } from 'vitest';
import { diagnosed } from '../fixtures/diagnosed.ts';
import { found } from '../fixtures/found.ts';
import { sriov } from './sriov.ts';

const ADL = { device: '8086:46a6', symptom: 'vfs-missing' } as const;
const UP = '[drm] Initialized i915 1.6.0 20230929 for 0000:00:02.0 on minor 0';

describe('the module with SR-IOV', () => {
  it.each([
    ['6.14.11-4-pve', '6.17.4-1-pve'],
    ['6.8.12-9-pve', '6.11.0-2-pve'],
    ['6.12.43+deb13-amd64', '6.12.48+deb13-amd64'],
  ])('that is built for %s does nothing for %s', (moduleKernel, kernel) => {
    const facts = { ...ADL, moduleKernel, kernel } as const;
    expect(found(sriov, { facts })).toEqual(['sriov.driver-broken cause likely']);
  });

  it.each([
    ['6.14.11-4-pve', '6.14.11-4-pve'],
    ['6.14.11-4-pve', '6.14'],
  ])('that is built for %s fits %s', (moduleKernel, kernel) => {
    expect(found(sriov, { facts: { ...ADL, moduleKernel, kernel } })).toEqual([]);
  });

  it('that is built for several kernels fits the one of them that runs', () => {
    const facts = {
      ...ADL,
      moduleKernel: ['6.8.12-9-pve', '6.14.11-4-pve'],
      kernel: '6.14.11-4-pve',
    } as const;
    expect(found(sriov, { facts })).toEqual([]);
  });

  it('is not loaded where the kernel does not know its parameter, or a driver comes up without a word of it', () => {
    const ignored = "i915: unknown parameter 'max_vfs' ignored";
    expect(found(sriov, { facts: ADL, lines: [ignored] })).toEqual(['sriov.driver-broken cause likely']);
    expect(found(sriov, { facts: ADL, lines: [UP] })).toEqual(['sriov.driver-broken cause likely']);
  });

  it('is loaded where the driver says that it has virtual functions', () => {
    const lines = ['i915 0000:00:02.0: Running in SR-IOV PF mode', UP];
    expect(found(sriov, { facts: ADL, lines })).toEqual([]);
  });

  it('is not meant by a network card without virtual functions', () => {
    const lines = ['igc 0000:03:00.0: driver does not support SR-IOV configuration via sysfs'];
    expect(found(sriov, { facts: ADL, lines })).toEqual([]);
  });

  it('explains that a VM finds no function', () => {
    const [first] = diagnosed({
      'facts.txt':
        'i5-12400, SR-IOV\nkernel 6.17.2-1-pve\ni915-sriov-dkms/2025.09.01, 6.14.8-2-pve, x86_64: installed\nVFs are missing',
      'task.log': "TASK ERROR: no PCI device found for '0000:00:02.2'",
    }).findings;
    expect(first?.id).toBe('sriov.driver-broken');
  });

  it('is broken where the host itself gets no answer for a function', () => {
    const { findings } = diagnosed({
      'facts.txt': 'i7-12700T, VF passed to Windows 11\nCode 43 in every VM',
      'dmesg.txt':
        '[    9.1] i915 0000:00:02.0: Running in SR-IOV PF mode\n[    9.9] i915 0000:00:02.0: Enabled 3 VFs\n[   12.4] i915 0000:00:02.2: Device initialization failed (-110)',
    });
    expect(findings[0]?.id).toBe('sriov.driver-broken');
  });
});

describe('vfio-pci that is told to take the iGPU', () => {
  const options = (moduleOptions: string) =>
    ({ facts: { ...ADL, device: '8086:a780', moduleOptions } }) as const;

  it('leaves no driver to make virtual functions', () => {
    expect(found(sriov, options('options vfio-pci ids=10de:2204,8086:a780'))).toEqual([
      'sriov.pf-on-vfio cause certain',
    ]);
    expect(
      found(sriov, { facts: { ...ADL, kernelCommandLine: 'quiet vfio-pci.ids=8086:46a6 intel_iommu=on' } }),
    ).toEqual(['sriov.pf-on-vfio cause certain']);
  });

  it.each(['options vfio-pci ids=10de:2204,10de:1aef', '# options vfio-pci ids=8086:a780'])(
    'is not meant by %s',
    (line) => {
      expect(found(sriov, options(line))).toEqual([]);
    },
  );

  it('did not where the driver came up', () => {
    const lines = ['i915 0000:00:02.0: Running in SR-IOV PF mode'];
    expect(found(sriov, { ...options('options vfio-pci ids=8086:a780'), lines })).toEqual([]);
  });

  it('is the beginning of what the kernel says of it', () => {
    const { findings } = diagnosed({
      'facts.txt': 'i5-13600T, want SR-IOV\nmodprobe.d: options vfio-pci ids=8086:a780\nsriov_numvfs stays 0',
      'dmesg.txt': '[   13.0] vfio-pci 0000:00:02.0: no driver bound to device; cannot configure SR-IOV',
    });
    expect(findings[0]?.id).toBe('sriov.pf-on-vfio');
  });
});
