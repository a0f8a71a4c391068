import type { Signature } from '../signature.ts';
import { modeOf } from '../subject/passed.ts';
import { fails, works } from '../subject/trouble.ts';
import { fix, inBios, onHost } from './fix.ts';
import { breakage, certain, refusal } from './severity.ts';

/** Kernel: virtual functions of the iGPU. */
export const SR_IOV: readonly Signature[] = [
  {
    id: 'sriov-nodrv',
    emitters: ['host-kernel'],
    literals: ['no driver bound to device; cannot configure SR-IOV'],
    pattern: /(?<device>[0-9a-f:]{7,12}\.[0-7]): no driver bound to device; cannot configure SR-IOV/,
    means: 'VFs were asked for while no driver held the device.',
    source: 'drivers/pci/iov.c, sriov_numvfs_store()',
    finding: {
      id: 'sriov.no-pf-driver',
      title: 'VFs were asked for while no driver holds the iGPU',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'VFs are made by a driver of the host (i915 or xe with SR-IOV), which must hold 00:02.0.',
        'drivers/pci/iov.c',
        onHost(
          'Take 00:02.0 away from vfio-pci (vfio-pci.ids, modprobe.d) and take i915 or xe off the blacklist; restart',
        ),
        onHost('Ask for VFs only after the driver is loaded'),
      ),
    },
  },
  {
    id: 'sriov-no-support',
    emitters: ['host-kernel'],
    literals: ['driver does not support SR-IOV configuration', 'max_vfs'],
    // People leave the device and the module out when they tell of it.
    pattern:
      /(?:(?<device>[0-9a-f:]{7,12}\.[0-7]): )?driver does not support SR-IOV configuration via sysfs|(?:\b(?<driver>i915|xe): )?unknown parameter ['"]?max_vfs['"]? ?(?:is )?ignored/i,
    means:
      'The loaded driver of the host cannot make VFs: it is the kernel’s own one, not one with SR-IOV, or it was not rebuilt for this kernel.',
    source: 'drivers/pci/iov.c; kernel/module',
    finding: {
      id: 'sriov.driver-broken',
      title: 'The host’s graphics driver cannot make VFs',
      severity: (signals, of) => (of.signals.has('sriov-on') ? null : refusal(signals, of)),
      fix: fix(
        'A driver with SR-IOV must be the one that loads.',
        'drivers/pci/iov.c',
        onHost(
          'dkms status; build i915-sriov-dkms for the running kernel (its headers must be installed), update-initramfs -u, restart',
        ),
      ),
      collect: ['dkms status', 'modinfo i915 | head -3'],
    },
  },
  {
    id: 'sriov-resources',
    emitters: ['host-kernel'],
    literals: ['not enough MMIO resources for SR-IOV', 'VF BAR', 'Failed to enable '],
    pattern:
      /(?<device>[0-9a-f:]{7,12}\.[0-7]): (?:not enough MMIO resources for SR-IOV|VF BAR \d\b.{0,80}(?:no space|failed to assign|can't assign)|.{0,30}Failed to enable (?<vfs>\d{1,3}) VFs)/i,
    means: 'VFs could not be made: no room for their memory, or their driver refused.',
    source: 'drivers/pci/iov.c, sriov_enable(); i915 and xe',
    finding: {
      id: 'sriov.driver-broken',
      title: 'The VFs could not be made',
      severity: (signals, of) => (of.signals.has('sriov-on') ? null : refusal(signals, of)),
      fix: fix(
        'VFs need room above 4 GiB.',
        'drivers/pci/iov.c',
        inBios('Enable SR-IOV and Above 4G Decoding, set the aperture to 256 MB'),
        onHost('Ask for fewer VFs, or add pci=realloc to the kernel command line'),
      ),
    },
  },
  {
    id: 'sriov-on',
    emitters: ['host-kernel'],
    literals: ['.0: Enabled ', 'PF: Enabled '],
    pattern:
      /\b(?:i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): .{0,20}\bEnabled (?<vfs>\d{1,3})(?: of \d{1,3})? VFs/,
    means: 'VFs exist on the host. It does not prove that a guest can use one.',
    source: 'drivers/gpu/drm/xe/xe_pci_sriov.c; i915 with SR-IOV',
    finding: null,
  },
  {
    id: 'pf-mode',
    emitters: ['host-kernel'],
    literals: ['SR-IOV PF mode', 'VFs could be associated'],
    pattern:
      /\b(?:i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): .{0,20}(?:Running in SR-IOV PF mode|\d{1,3} VFs could be associated with this PF)/,
    means: 'The host’s driver can make VFs.',
    source: 'i915 with SR-IOV; drivers/gpu/drm/xe/xe_sriov.c',
    finding: null,
  },
  {
    id: 'vf-mode',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: ['SR-IOV VF mode'],
    pattern: /\b(?<driver>i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): .{0,20}Running in SR-IOV VF mode/,
    means: 'The driver found a VF: right in a guest. On the host the VF is let go when a VM takes it.',
    source: 'i915 with SR-IOV; drivers/gpu/drm/xe/xe_sriov.c',
    finding: null,
  },
  {
    id: 'pf-bind-refused',
    emitters: ['host-kernel'],
    literals: ['Cannot bind to PF with SRIOV enabled'],
    pattern: /(?<device>[0-9a-f:]{7,12}\.[0-7]): Cannot bind to PF with SRIOV enabled/,
    means: 'The whole iGPU was to be passed while its VFs exist.',
    source: 'drivers/vfio/pci/vfio_pci_core.c, vfio_pci_core_register_device()',
    finding: {
      id: 'sriov.pf-on-vfio',
      title: 'The whole iGPU was to be passed while its VFs exist',
      severity: refusal,
      confidence: certain,
      fix: fix('Pass a VF (00:02.1 and up), or make none.', 'drivers/vfio/pci/vfio_pci_core.c', {
        where: 'vm',
        text: 'Pass 0000:00:02.1 instead of 0000:00:02 or 0000:00:02.0',
      }),
    },
  },
  {
    id: 'vfs-already',
    emitters: ['host-kernel'],
    literals: ['VFs already enabled. Disable before'],
    pattern:
      /(?<device>[0-9a-f:]{7,12}\.[0-7]): (?<vfs>\d{1,3}) VFs already enabled\. Disable before enabling/,
    means: 'VFs exist already; the second wish is refused. Harmless.',
    source: 'drivers/pci/iov.c, sriov_numvfs_store()',
    finding: null,
  },
  {
    id: 'iov-version',
    emitters: ['host-kernel', 'guest-kernel'],
    literals: [
      'IOV: Unable to confirm version',
      'IOV: Found interface version',
      'mmio request 0x4100',
      'retrieve hwconfig table',
    ],
    pattern:
      /\bGT(?<gt>\d): (?:IOV: (?:Unable to confirm version|Found interface version)|GUC: mmio request 0x4100: failure|Failed to retrieve hwconfig table)/,
    means: 'Guest and host drivers compare versions. Working systems print it, too.',
    source: 'user logs; i915 with SR-IOV',
    finding: null,
  },
  {
    id: 'vf-host-init',
    emitters: ['host-kernel'],
    literals: ['Device initialization failed', ' failed with error -'],
    pattern:
      /\b(?:i915|xe) (?<device>(?:0000:)?00:02\.[1-7]): (?:.{0,20}Device initialization failed|probe with driver (?:i915|xe) failed with error) \(?-(?:110|5|62|71)\b/,
    means:
      'The host’s own driver got no answer for a VF that it had just made: driver, kernel and firmware of the GPU do not fit each other, and no guest will do better.',
    source: 'user logs; i915 with SR-IOV',
    finding: {
      id: 'sriov.driver-broken',
      title: 'Not even the host’s driver can use the VFs that it makes',
      severity: breakage,
      fix: fix(
        'The release of the module must fit the kernel and the firmware.',
        'user logs',
        onHost(
          'Install a release of i915-sriov-dkms that is known to do well with this kernel, or start the kernel of before; update the GPU’s firmware (pve-firmware, linux-firmware)',
        ),
      ),
    },
  },
  {
    id: 'vf-no-host',
    emitters: ['guest-kernel'],
    literals: [
      'Unable to connect to PF',
      'handshake',
      'tlb invalidation response timed out',
      'Failed to bootstrap',
    ],
    pattern:
      /\b(?:i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): .{0,60}(?:VF:? .{0,40}(?:handshake|[Ff]ailed to bootstrap)|IOV: .{0,40}handshake|Unable to connect to PF|tlb invalidation response timed out)/i,
    means: 'The VF’s driver in the guest got no answer from the host’s driver or the GPU’s firmware.',
    source: 'user logs; drivers/gpu/drm/xe/xe_gt_sriov_vf.c',
    finding: {
      id: 'sriov.driver-broken',
      title: 'The VF in the guest gets no answer from the host’s driver',
      severity: breakage,
    },
  },
  {
    id: 'vf-guc-off',
    emitters: ['guest-kernel'],
    literals: ['GuC submission disabled'],
    pattern: /\*ERROR\* .{0,20}GuC submission disabled/i,
    means: 'The guest’s driver does not use the GPU’s firmware, which a VF needs.',
    source: 'user logs; i915 with SR-IOV',
    finding: {
      id: 'sriov.driver-broken',
      title: 'The guest’s driver must be told to use the GPU’s firmware (GuC)',
      severity: (_, of) => (works(of) ? 'info' : fails(of) ? 'cause' : 'contributing'),
      fix: fix('A VF cannot work without GuC.', 'user logs', {
        where: 'guest',
        text: "echo 'options i915 enable_guc=3' > /etc/modprobe.d/i915.conf && update-initramfs -u && reboot",
      }),
    },
  },
  {
    id: 'dkms-failed',
    emitters: ['host-kernel', 'proxmox', 'guest'],
    literals: ['Bad return status for module build'],
    pattern: /Bad return status for module build on kernel: (?<kernel>[\w.+-]{1,60})/,
    means: 'A kernel module was not built for this kernel. The line does not say which module.',
    source: 'dkms',
    finding: {
      id: 'sriov.driver-broken',
      title: 'The driver module was not built for this kernel',
      severity: (_, of) =>
        works(of)
          ? 'info'
          : of.facts.has('sign', 'guest-module-unbuilt')
            ? 'contributing'
            : modeOf(of) === 'vf'
              ? 'cause'
              : 'warning',
      fix: fix(
        'The module must fit the kernel that runs.',
        'dkms',
        onHost(
          'Install a release of i915-sriov-dkms that names this kernel, or start the kernel that worked',
        ),
      ),
    },
  },
  {
    id: 'sriov-module',
    emitters: ['host-kernel'],
    literals: ['i915-sriov-dkms'],
    pattern: /\b(?:i915|xe|intel_sriov_compat): .{0,120}\bi915-sriov-dkms\b/,
    means: 'The module with SR-IOV is loaded. It also loads on graphics that have no SR-IOV.',
    source: 'i915-sriov-dkms, drivers/gpu/drm/i915/i915_module.c',
    finding: null,
  },
  {
    id: 'numvfs-range',
    emitters: ['host-kernel'],
    literals: ['Numerical result out of range', 'Function not implemented'],
    pattern:
      /\bsriov_numvfs\b.{0,80}(?:Numerical result out of range|Function not implemented)|write error: (?:Numerical result out of range|Function not implemented)/i,
    means:
      'More virtual functions were asked for than the driver offers, often none: it loaded without SR-IOV being on.',
    source: 'Linux drivers/pci/pci-sysfs.c, sriov_numvfs_store(): -ERANGE above driver_max_VFs',
    finding: {
      id: 'sriov.driver-broken',
      title: 'The host’s driver offers no virtual functions',
      severity: (signals, of) => (of.signals.has('sriov-on') ? null : refusal(signals, of)),
      fix: fix(
        'The driver must load with SR-IOV on.',
        'Linux drivers/pci/pci-sysfs.c; README of i915-sriov-dkms',
        onHost(
          'dmesg must say “Running in SR-IOV PF mode”: intel_iommu=on i915.enable_guc=3 i915.max_vfs=7 on the kernel command line, VT-d on in the BIOS, and the module of i915-sriov-dkms in the initramfs',
        ),
      ),
      collect: [
        'cat /sys/bus/pci/devices/0000:00:02.0/sriov_totalvfs; modinfo i915 | head -3; cat /proc/cmdline',
      ],
    },
  },
  {
    id: 'gsc-proxy',
    emitters: ['guest-kernel', 'host-kernel'],
    literals: ['GSC proxy component'],
    pattern: /GSC proxy component didn't bind within the expected timeout/,
    means: 'A firmware helper of newer iGPUs is not in the guest. Only protected media need it.',
    source: 'drivers/gpu/drm/i915/gt/uc/intel_gsc_uc.c',
    finding: null,
  },
  {
    id: 'sriov-enoent',
    emitters: ['host-kernel'],
    literals: ['echo: write error: No such file'],
    pattern: /echo: write error: No such file or directory/,
    means:
      'A shell could not write to a file of sysfs; people meet it at sriov_numvfs, which has no driver behind it.',
    source: 'bash; Linux drivers/pci/pci-sysfs.c, sriov_numvfs_store(): -ENOENT without a driver',
    finding: null,
  },
];
