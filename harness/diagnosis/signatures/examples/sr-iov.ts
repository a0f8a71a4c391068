import type { Examples } from './of-signature.ts';

/** Lines for the tests of `SR_IOV`. */
export const SR_IOV_EXAMPLES: Examples = {
  'sriov-nodrv': {
    matches: ['pci 0000:00:02.0: no driver bound to device; cannot configure SR-IOV'],
    not: ['i915 0000:00:02.0: driver does not support SR-IOV configuration via sysfs'],
  },
  'sriov-no-support': {
    matches: [
      'i915 0000:00:02.0: driver does not support SR-IOV configuration via sysfs',
      "i915: unknown parameter 'max_vfs' ignored",
      'dmesg says unknown parameter max_vfs ignored',
    ],
    not: ["i915: unknown parameter 'enable_gvt' ignored"],
  },
  'sriov-resources': {
    matches: [
      'i915 0000:00:02.0: not enough MMIO resources for SR-IOV',
      'pci 0000:00:02.0: VF BAR 2 [mem size 0xe0000000 64bit pref]: failed to assign',
      'i915 0000:00:02.0: Failed to enable 7 VFs (-ENOSPC)',
    ],
    not: ['i915 0000:00:02.0: Enabled 7 VFs'],
  },
  'sriov-on': {
    matches: ['i915 0000:00:02.0: Enabled 7 VFs', 'xe 0000:00:02.0: [drm] PF: Enabled 7 of 7 VFs'],
    not: ['i915 0000:00:02.0: 7 VFs could be associated with this PF'],
  },
  'pf-mode': {
    matches: [
      'i915 0000:00:02.0: Running in SR-IOV PF mode',
      'i915 0000:00:02.0: 7 VFs could be associated with this PF',
    ],
    not: ['i915 0000:00:02.1: Running in SR-IOV VF mode'],
  },
  'vf-mode': {
    matches: [
      'i915 0000:06:10.0: Running in SR-IOV VF mode',
      'xe 0000:06:10.0: [drm] Running in SR-IOV VF mode',
    ],
    not: ['i915 0000:00:02.0: Running in SR-IOV PF mode'],
  },
  'sriov-module': {
    matches: [
      'i915: Please file any bug report at https://github.com/strongtz/i915-sriov-dkms/issues/new.',
      'i915: You are using the i915-sriov-dkms module, a ported version of the i915 module with SR-IOV support.',
    ],
    not: ['i915: loading out-of-tree module taints kernel.'],
  },
  'numvfs-range': {
    matches: [
      'bash: echo: write error: Numerical result out of range',
      'writing 4 to sriov_numvfs: Numerical result out of range',
    ],
    not: ['mount: Numerical result out of range'],
  },
  'pf-bind-refused': {
    matches: ['vfio-pci 0000:00:02.0: Cannot bind to PF with SRIOV enabled'],
    not: ['vfio-pci: probe of 0000:00:02.0 failed with error -16'],
  },
  'vfs-already': {
    matches: ['i915 0000:00:02.0: 7 VFs already enabled. Disable before enabling 3 VFs'],
    not: ['i915 0000:00:02.0: Enabled 7 VFs'],
  },
  'iov-version': {
    matches: [
      'i915 0000:06:10.0: [drm] *ERROR* GT0: IOV: Unable to confirm version 1.9 (0000000000000000)',
      'i915 0000:06:10.0: [drm] *ERROR* GT0: GUC: mmio request 0x4100: failure 201/0',
      'i915 0000:06:10.0: [drm] *ERROR* GT0: Failed to retrieve hwconfig table: -ENOENT',
    ],
    not: ['i915 0000:06:10.0: [drm] GT0: GUC: interface version 0.1.0.0'],
  },
  'vf-host-init': {
    matches: [
      'i915 0000:00:02.3: Device initialization failed (-110)',
      'xe 0000:00:02.1: probe with driver xe failed with error -62',
    ],
    not: [
      'i915 0000:00:02.0: Device initialization failed (-110)',
      'i915 0000:00:02.2: probe with driver i915 failed with error -19',
    ],
  },
  'vf-no-host': {
    matches: [
      'i915 0000:06:10.0: [drm] *ERROR* tlb invalidation response timed out for seqno 5',
      'xe 0000:06:10.0: [drm] *ERROR* GT0: VF: handshake failed (-EIO)',
    ],
    not: ['i915 0000:06:10.0: [drm] *ERROR* GT0: IOV: Unable to confirm version 1.9 (0000000000000000)'],
  },
  'vf-guc-off': {
    matches: ['i915 0000:06:10.0: [drm] *ERROR* GT0: GUC: GuC submission disabled'],
    not: ['i915 0000:06:10.0: [drm] GT0: GUC: submission enabled'],
  },
  'dkms-failed': {
    matches: ['Error! Bad return status for module build on kernel: 6.14.8-2-pve (x86_64)'],
    not: ['i915-sriov-dkms/2025.07.22, 6.14.8-2-pve, x86_64: installed'],
  },
  'gsc-proxy': {
    matches: [
      "i915 0000:00:10.0: [drm] *ERROR* GT1: GSC proxy component didn't bind within the expected timeout",
    ],
    not: ['i915 0000:00:10.0: bound 0000:00:16.0-uuid (ops i915_gsc_proxy_component_ops [i915])'],
  },
  'sriov-enoent': {
    matches: ['-bash: echo: write error: No such file or directory'],
    not: ['./test-gvt-d.sh: line 25: echo: write error: Invalid argument'],
  },
};
