import type { Examples } from './of-signature.ts';

/** Lines for the tests of the `GUEST_…` signatures of Linux. */
export const GUEST_LINUX_EXAMPLES: Examples = {
  'guest-i915': {
    matches: ['[drm] Initialized i915 1.6.0 20230929 for 0000:00:10.0 on minor 1'],
    not: ['[drm] Initialized bochs-drm 1.0.0 20130925 for 0000:00:01.0 on minor 0'],
  },
  'guest-stolen-short': {
    matches: [
      'i915 0000:00:02.0: [drm] not enough stolen space for compressed buffer (need 8355840 more bytes), disabling. hint: you may be able to increase stolen memory size in the BIOS to avoid this.',
    ],
    not: ['i915 0000:00:02.0: [drm] Reducing the compressed framebuffer size.'],
  },
  'guest-force-probe': {
    matches: [
      'i915 0000:00:10.0: Your graphics device 46d1 is not properly supported by i915 in this kernel version. To force driver probe anyway, use i915.force_probe=46d1',
      'i915 0000:00:10.0: Your graphics device 46d1 is not properly supported by the driver in this',
      'xe 0000:00:10.0: Your graphics device 7d55 is not officially supported',
    ],
    not: ['i915 0000:00:10.0: [drm] Found ALDERLAKE_N (device ID 46d1) display version 13.00 stepping D0'],
  },
  'guest-key-rejected': {
    matches: [
      "modprobe: ERROR: could not insert 'i915': Key was rejected by service",
      'Loading of module with unavailable key is rejected',
    ],
    not: ['i915: module verification failed: signature and/or required key missing - tainting kernel'],
  },
  'guest-nomodeset': {
    matches: [
      'Booted with the nomodeset parameter. Only the system framebuffer will be available',
      'Command line: BOOT_IMAGE=/vmlinuz-6.1.0 root=/dev/vda1 ro quiet nomodeset',
      'Command line: BOOT_IMAGE=/vmlinuz-6.8.0 root=/dev/sda2 ro i915.modeset=0',
      'Kernel command line: BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro module_blacklist=nouveau,i915',
    ],
    not: ['Command line: BOOT_IMAGE=/vmlinuz-6.1.0 root=/dev/vda1 ro nouveau.modeset=0'],
  },
  'guest-kldload': {
    matches: [
      "kldload: can't load i915kms: No such file or directory",
      'drm-61-kmod is not installed',
      'i915kms.ko not found',
    ],
    not: ['kldload i915kms: module already loaded'],
  },
  'guest-dmc-missing': {
    matches: [
      'i915 0000:00:10.0: [drm] Failed to load DMC firmware i915/adlp_dmc.bin (-ENOENT). Disabling runtime power management.',
      'i915 0000:00:10.0: Direct firmware load for i915/adlp_dmc_ver2_16.bin failed with error -2',
    ],
    not: ['i915 0000:00:10.0: [drm] Finished loading DMC firmware i915/adlp_dmc.bin (v2.20)'],
  },
  'guest-guc-missing': {
    matches: [
      'i915 0000:00:10.0: Direct firmware load for i915/tgl_guc_70.bin failed with error -2',
      'i915 0000:00:10.0: firmware: failed to load i915/adlp_guc_70.bin (-2)',
      'i915 0000:00:10.0: [drm] *ERROR* GT0: GuC firmware i915/tgl_guc_70.1.1.bin: fetch failed -ENOENT',
      'i915 0000:00:10.0: GuC firmware i915/tgl_guc_62.0.0.bin: fetch failed with error -2',
      'i915 0000:00:10.0: [drm] *ERROR* GT0: GuC initialization failed -ENOENT',
      'i915 0000:00:10.0: GuC initialization failed -2',
    ],
    not: [
      'i915 0000:00:02.0: Direct firmware load for i915/gvt/vid_0x8086_did_0x3e92_rid_0x00.golden_hw_state failed with error -2',
      'i915 0000:00:10.0: [drm] *ERROR* GT0: GuC initialization failed -ETIMEDOUT',
    ],
  },
  'guest-guc-ok': {
    matches: ['i915 0000:00:10.0: [drm] GT0: GuC firmware i915/tgl_guc_70.bin version 70.13.1'],
    not: [
      'i915 0000:00:10.0: GuC firmware i915/tgl_guc_62.0.0.bin: fetch failed with error -2',
      '[drm] GuC firmware i915/adlp_guc_70.1.1.bin: fetch failed',
    ],
  },
  'guest-guc-failed': {
    matches: [
      'i915 0000:00:10.0: [drm] *ERROR* GT0: GuC initialization failed -ETIMEDOUT',
      'i915 0000:00:10.0: GuC initialization failed -110',
    ],
    not: ['i915 0000:00:10.0: GuC initialization failed -2'],
  },
  'guest-probe-failed': {
    matches: [
      'i915: probe of 0000:00:10.0 failed with error -19',
      'i915 0000:00:10.0: Device initialization failed (-19)',
      'i915 0000:00:10.0: [drm] *ERROR* Device initialization failed (-5)',
      'xe 0000:00:10.0: probe with driver xe failed with error -12',
    ],
    not: ['vfio-pci: probe of 0000:00:02.0 failed with error -22'],
  },
  'guest-dead': {
    matches: ['i915 0000:01:00.0: [drm] *ERROR* Device is non-operational; MMIO access returns 0xFFFFFFFF!'],
    not: ['i915 0000:01:00.0: [drm] *ERROR* GT0: Failed to initialize GPU, declaring it wedged!'],
  },
  'guest-wedged': {
    matches: ['i915 0000:00:10.0: [drm] *ERROR* GT0: Failed to initialize GPU, declaring it wedged!'],
    not: ['i915 0000:00:10.0: [drm] GPU HANG: ecode 12:1:85dffffb, in Xorg [700]'],
  },
  'guest-hang': {
    matches: ['i915 0000:00:10.0: [drm] GPU HANG: ecode 12:1:85dffffb, in ffmpeg [700]'],
    not: ['i915 0000:00:10.0: [drm] GT0: GuC firmware i915/tgl_guc_70.bin version 70.13.1'],
  },
  'guest-stolen-outside': {
    matches: [
      'i915 0000:00:02.0: [drm] *ERROR* Stolen reserved area [mem 0x7c800000-0x7c9fffff] outside stolen memory [mem 0xa4000000-0xa7ffffff]',
      'i915 0000:00:02.0: Stolen reserved area [mem 0x4c800000-0x4c8fffff] outside stolen memory [mem 0x8c000000-0x8dffffff]',
    ],
    not: ['i915 0000:00:02.0: [drm] Reserved 65536K of stolen memory'],
  },
  'guest-stolen': {
    matches: [
      'i915 0000:00:10.0: [drm] *ERROR* conflict detected with stolen region: [mem 0x7c000000-0x7fffffff]',
    ],
    not: ['Reserving Intel graphics memory at [mem 0x7c000000-0x7fffffff]'],
  },
  'guest-error': {
    matches: ['i915 0000:00:10.0: [drm] *ERROR* CPU pipe A FIFO underrun'],
    not: ['i915 0000:00:10.0: [drm] VT-d active for gfx access'],
  },
  'va-failed': {
    matches: [
      'vaInitialize failed with error code -1 (unknown libva error),exit',
      'libva error: /usr/lib/x86_64-linux-gnu/dri/iHD_drv_video.so init failed',
      'libva info: va_openDriver() returns 18',
      'Failed to initialise VAAPI connection: -1 (unknown libva error).',
      'Error creating a MFX session: -9.',
      'No VA display found for device /dev/dri/renderD128.',
    ],
    not: ['libva info: va_openDriver() returns 0'],
  },
  'va-works': {
    matches: [
      'libva info: va_openDriver() returns 0',
      'vainfo: Driver version: Intel iHD driver for Intel(R) Gen Graphics - 23.1.1 ()',
    ],
    not: ['libva info: va_openDriver() returns -1'],
  },
  'render-node': {
    matches: [
      'Failed to open the drm device /dev/dri/renderD128: Permission denied',
      "ls: cannot access '/dev/dri': No such file or directory",
      'error gathering device information while adding custom device "/dev/dri": no such file or directory',
      'Cannot open DRM render node for device /dev/dri/renderD128',
    ],
    not: ['crw-rw---- 1 root render 226, 128 /dev/dri/renderD128'],
  },
  'guest-no-module': {
    matches: ['modprobe: FATAL: Module i915 not found in directory /lib/modules/6.1.0-18-cloud-amd64'],
    not: ['modprobe: FATAL: Module vfio_virqfd not found in directory /lib/modules/6.8.12-4-pve'],
  },
  'guest-unknown-symbol': {
    matches: [
      'i915: Unknown symbol drm_buddy_block_print (err -2)',
      'i915_compat: Unknown symbol drm_dp_dpcd_read (err -2)',
    ],
    not: ['nvidia: Unknown symbol drm_open (err -2)'],
  },
  'guest-forcewake': {
    matches: [
      '[drm:fw_domains_get_with_fallback [i915]] *ERROR* gt: timed out waiting for forcewake ack request.',
    ],
    not: ['i915 0000:00:02.0: [drm] GT0: GUC: interface version 0.1.17.0'],
  },
  'guest-old-host': {
    matches: ['i915 0000:00:10.0: old vGPU host found, support for HWSP emulation required'],
    not: ['i915 0000:00:10.0: Virtual GPU for Intel GVT-g detected.'],
  },
  'guest-tlb-timeout': {
    matches: ['i915 0000:06:10.0: [drm] *ERROR* GT0: GUC: TLB invalidation response timed out for seqno 7'],
    not: ['i915 0000:00:02.0: [drm] GT0: GUC: submission enabled'],
  },
};
