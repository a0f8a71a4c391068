import type { Case } from '../case.ts';
import type { Severity } from '../finding.ts';
import type { Signal, Signature } from '../signature.ts';
import { fails, works } from '../subject/trouble.ts';
import { driven, sees } from '../subject/inside-guest.ts';
import { fix, inGuest } from './fix.ts';

/** A line of the guest that tells of a driver which did not get to work. */
function guestBreakage(_: readonly Signal[], of: Case): Severity {
  return works(of) ? 'info' : fails(of) ? 'cause' : 'contributing';
}

/** The media stack is to blame only where the guest’s kernel driver says nothing worse. */
function mediaStack(signals: readonly Signal[], of: Case): Severity | null {
  return of.signals.has(
    'guest-force-probe',
    'guest-guc-missing',
    'guest-guc-failed',
    'guest-probe-failed',
    'guest-wedged',
    'guest-dead',
    'guest-unknown-symbol',
    'guest-old-host',
    'hung-task',
    'guest-hang',
  ) ||
    sees(of, 'gave-up', 'driver-installed') ||
    driven(of)
    ? null
    : guestBreakage(signals, of);
}

/** Programs miss what the GPU should do. */
function lacksMedia({ facts }: Case): boolean {
  return (['no-acceleration', 'no-render-node', 'driver-not-installing'] as const).some((symptom) =>
    facts.has('symptom', symptom),
  );
}

const DEVICE = String.raw`\b(?:i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): `;

/** Linux in the guest: i915, xe, and the programs that decode video. */
export const GUEST_LINUX: readonly Signature[] = [
  {
    id: 'guest-i915',
    emitters: ['guest-kernel'],
    literals: ['Initialized i915', 'Initialized xe'],
    pattern:
      /\[drm\] Initialized (?<driver>i915|xe) [\d.]{1,10}.{0,20} for (?<device>[0-9a-f:]{7,12}\.[0-7]) on minor/,
    means: 'The guest’s driver started. What fails after this is no longer passthrough.',
    source: 'drivers/gpu/drm/drm_drv.c, drm_dev_register()',
    finding: null,
  },
  {
    id: 'guest-force-probe',
    emitters: ['guest-kernel'],
    literals: ['Your graphics device'],
    pattern: /Your graphics device (?<id>[0-9a-f]{4}) is not (?:properly|officially) supported/,
    means: 'The guest’s kernel is older than the iGPU: its driver leaves the device alone.',
    source: 'drivers/gpu/drm/i915/i915_pci.c, i915_pci_probe(); drivers/gpu/drm/xe/xe_pci.c',
    finding: {
      id: 'guest.driver-version',
      title: 'The guest’s kernel is too old for this iGPU',
      severity: guestBreakage,
      confidence: () => 'certain',
      fix: (signals) => ({
        why: 'A newer kernel knows the device; force_probe makes an older one try.',
        source: 'drivers/gpu/drm/i915/i915_pci.c',
        vm: [],
        steps: [
          inGuest('Install a newer kernel (and linux-firmware)'),
          inGuest(
            `or add i915.force_probe=${signals[0]?.captures['id'] ?? '<device id>'} to its kernel command line`,
          ),
        ],
      }),
    },
  },
  {
    id: 'guest-dmc-missing',
    emitters: ['guest-kernel'],
    literals: ['Failed to load DMC firmware', 'firmware load for i915/', 'firmware load for xe/'],
    pattern:
      /Failed to load DMC firmware (?<file>\S{1,80})?|firmware load for (?<file2>(?:i915|xe)\/\w{1,20}_dmc\S{0,20}) failed with error (?<error>-\d{1,3})/,
    means:
      'A firmware file for saving power is missing. Nothing else depends on it, but where it is missing the others often are, too.',
    source: 'drivers/gpu/drm/i915/display/intel_dmc.c, dmc_load_work_fn()',
    finding: {
      id: 'guest.firmware-missing',
      title: 'The guest probably lacks firmware files of the GPU',
      severity: (_, of) => (fails(of) && lacksMedia(of) && !of.signals.has('guest-guc-ok') ? 'cause' : null),
      fix: fix(
        'The firmware package holds them all.',
        'drivers/gpu/drm/i915/display/intel_dmc.c',
        inGuest(
          'apt install firmware-misc-nonfree (Debian) or linux-firmware (Ubuntu, Arch, Fedora), update the initramfs, restart',
        ),
      ),
    },
  },
  {
    id: 'guest-guc-missing',
    emitters: ['guest-kernel'],
    literals: [
      'firmware load for i915/',
      'firmware load for xe/',
      'uC firmware',
      'GuC firmware',
      'GuC initialization failed',
      'failed to load i915/',
      'failed to load xe/',
    ],
    pattern:
      /(?:firmware load for|failed to load) (?<file>(?:i915|xe)\/\w{1,20}_(?:guc|gsc)\S{0,20})(?: failed with error -2| \(-2\))|GuC firmware (?<file2>\S{1,80}): fetch failed(?: with error)? (?:-2\b|-ENOENT)|GuC initialization failed (?:-2\b|-ENOENT)|uC firmware.{0,60}(?:-2\b|-ENOENT)/,
    means:
      'A firmware file that this GPU needs is not in the guest. A second name that is found makes up for the first.',
    source: 'drivers/gpu/drm/i915/gt/uc/intel_uc_fw.c, intel_uc_fw_fetch()',
    finding: {
      id: 'guest.firmware-missing',
      title: 'The guest lacks firmware files of the GPU',
      severity: (signals, of) => {
        const usual = guestBreakage(signals, of);
        return usual !== 'info' && of.signals.has('guest-guc-ok') ? 'info' : usual;
      },
      fix: fix(
        'i915 needs the GuC file of its generation from 12th on.',
        'drivers/gpu/drm/i915/gt/uc',
        inGuest(
          'apt install firmware-misc-nonfree (Debian) or linux-firmware (Ubuntu, Arch, Fedora), update the initramfs, restart',
        ),
      ),
    },
  },
  {
    id: 'guest-guc-ok',
    emitters: ['guest-kernel'],
    literals: ['GuC firmware', 'GUC: submission enabled', 'GuC submission enabled'],
    pattern:
      /GuC firmware (?:i915|xe)\/\S{1,60} version (?!0\.0\b)\d|GuC firmware PRELOADED|GUC: submission enabled|GuC submission enabled/i,
    means: 'The GPU’s firmware runs.',
    source: 'drivers/gpu/drm/i915/gt/uc/intel_uc.c',
    finding: null,
  },
  {
    id: 'guest-guc-failed',
    emitters: ['guest-kernel'],
    literals: ['GuC initialization failed', 'GuC load failed'],
    pattern: new RegExp(
      `${DEVICE}.{0,40}(?:GuC initialization failed (?!-2\\b|-ENOENT)(?<error>\\S{1,20})|GuC load failed)`,
      'i',
    ),
    means:
      'The GPU’s firmware is there and does not start. After a restart of the VM: the GPU was not reset.',
    source: 'drivers/gpu/drm/i915/gt/uc/intel_uc.c, __uc_init_hw()',
    finding: {
      id: 'host.reset-failed',
      title: 'The GPU’s firmware does not start in the guest',
      severity: (_, of) => (works(of) ? 'info' : 'contributing'),
      confidence: () => 'possible',
      collect: ['Whether it works right after the host was switched off and on'],
    },
  },
  {
    id: 'guest-probe-failed',
    emitters: ['guest-kernel'],
    literals: ['Device initialization failed', 'failed with error -'],
    pattern:
      /\b(?:i915|xe): probe of (?<device>[0-9a-f:]{7,12}\.[0-7]) failed with error (?<error>-\d{1,3})|\b(?:i915|xe) (?<device2>[0-9a-f:]{7,12}\.[0-7]): (?:\[drm\] )?(?:.{0,20}Device initialization failed \((?<error2>-\d{1,3})\)|probe with driver (?:i915|xe) failed with error (?<error3>-\d{1,3}))/,
    means: 'The guest’s driver gave the device up. The reason stands in its lines before.',
    source: 'drivers/gpu/drm/i915/i915_driver.c, i915_driver_probe(); drivers/base/dd.c',
    finding: null,
  },
  {
    id: 'guest-dead',
    emitters: ['guest-kernel'],
    literals: ['MMIO access returns 0xFFFFFFFF'],
    pattern: /Device is non-operational; MMIO access returns 0xFFFFFFFF/,
    means:
      'The guest’s driver reads all ones from the GPU: it sleeps, is off, or is a VF that its host’s driver does not serve.',
    source: 'drivers/gpu/drm/i915/intel_uncore.c; xe_mmio.c',
    finding: {
      id: 'host.power-state',
      title: 'The GPU does not answer in the guest',
      severity: (_, of) => (works(of) ? 'info' : 'contributing'),
      confidence: () => 'possible',
      collect: ['The kernel log of the host at the same time', 'Whether the device is a VF'],
    },
  },
  {
    id: 'guest-wedged',
    emitters: ['guest-kernel'],
    literals: ['declaring it wedged', 'has declared device'],
    pattern: new RegExp(`${DEVICE}.{0,80}(?:declaring it wedged|has declared device .{1,20} as wedged)`),
    means: 'The guest’s driver gave rendering up; a picture may still come.',
    source: 'drivers/gpu/drm/i915/i915_gem.c; drivers/gpu/drm/xe/xe_device.c',
    finding: null,
  },
  {
    id: 'guest-hang',
    emitters: ['guest-kernel'],
    literals: ['GPU HANG'],
    pattern: new RegExp(`${DEVICE}\\[drm\\] GPU HANG: ecode (?<ecode>[\\w:]{1,40})`),
    means: 'A program in the guest hung the GPU, and the driver reset it. Passthrough itself works.',
    source: 'drivers/gpu/drm/i915/i915_gpu_error.c',
    finding: null,
  },
  {
    id: 'guest-stolen',
    emitters: ['guest-kernel'],
    literals: ['stolen memory', 'stolen region'],
    pattern:
      /\b(?:i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): .{0,40}(?:conflict detected with stolen region|[Ff]ailed to (?:init|initialize|allocate) stolen memory|no stolen memory)/i,
    means:
      'The driver could not use memory that firmware sets aside for the GPU. Rendering works without it.',
    source: 'drivers/gpu/drm/i915/gem/i915_gem_stolen.c',
    finding: null,
  },
  {
    id: 'guest-error',
    emitters: ['guest-kernel'],
    literals: ['[drm] *ERROR*'],
    pattern: new RegExp(`${DEVICE}\\[drm\\] \\*ERROR\\* (?<what>.{1,160})`),
    means: 'The guest’s driver complains. Working systems have such lines, too.',
    source: 'drivers/gpu/drm',
    finding: null,
  },
  {
    id: 'va-failed',
    emitters: ['guest'],
    literals: [
      'vaInitialize failed',
      '_drv_video.so',
      'va_openDriver() returns',
      'VAAPI connection',
      'MFX session',
      'VA display',
    ],
    pattern:
      /vaInitialize failed with error code (?<code>-?\d{1,3})|(?<driver>iHD|i965)_drv_video\.so init failed|va_openDriver\(\) returns (?!0\b)(?<code2>-?\d{1,3})|Failed to initiali[sz]e VAAPI connection: (?<code3>-?\d{1,3})|Error (?:creating|initializing) a[n]? (?:internal )?MFX session: (?<code4>-?\d{1,3})|No VA display found for device (?<node>\S{1,60})/i,
    means:
      'The program that decodes video found no driver for the GPU. vainfo tries several: only the last one counts. It does not show that passthrough fails.',
    source: 'libva, va/va.c; ffmpeg, libavutil/hwcontext_vaapi.c and hwcontext_qsv.c',
    finding: {
      id: 'guest.driver-missing',
      title: 'The guest lacks a working video driver (VA-API) for the GPU',
      severity: (signals, of) => (of.signals.has('va-works') ? null : mediaStack(signals, of)),
      fix: fix(
        'Decoding needs Intel’s media driver beside the kernel’s driver.',
        'user logs',
        inGuest(
          'apt install intel-media-va-driver-non-free (or intel-media-driver), then check: vainfo --display drm --device /dev/dri/renderD128',
        ),
      ),
      collect: ['In the guest: ls -l /dev/dri; vainfo --display drm; dmesg | grep -E "i915|xe"'],
    },
  },
  {
    id: 'va-works',
    emitters: ['guest'],
    literals: ['va_openDriver() returns 0', 'vainfo: Driver version: '],
    pattern: /va_openDriver\(\) returns 0\b|vainfo: Driver version: Intel (?<driver>.{1,60})/,
    means: 'The media driver works with the GPU: so does passthrough.',
    source: 'libva, va/va.c',
    finding: null,
  },
  {
    id: 'render-node',
    emitters: ['guest'],
    literals: ['/dev/dri'],
    pattern:
      /(?:[Ff]ailed to open|[Cc]annot open|[Cc]annot access|[Cc]ould not open|error gathering device information while adding custom device)[^/]{0,40}(?<node>\/dev\/dri(?:\/\w{1,20})?)\b.{0,10}?(?<why>Permission denied|[Nn]o such file)?/,
    means: 'A program could not open the GPU in the guest: no driver there, or no right to it.',
    source: 'user logs',
    finding: {
      id: 'guest.driver-missing',
      title: 'A program finds no GPU in the guest: there is no /dev/dri, or it may not use it',
      severity: mediaStack,
      fix: fix(
        'Cloud and minimal kernels leave the graphics drivers out; a container needs the node passed, and its user the groups.',
        'user logs',
        inGuest(
          'Install the full kernel (Debian: linux-image-amd64 instead of -cloud-; Ubuntu: linux-modules-extra-$(uname -r)), then ls -l /dev/dri',
        ),
        inGuest('Add the user to the groups video and render; pass /dev/dri into the container'),
      ),
      collect: ['In the guest: uname -r; lspci -nnk; ls -l /dev/dri'],
    },
  },
  {
    id: 'guest-no-module',
    emitters: ['guest'],
    literals: ['Module i915 not found', 'Module xe not found'],
    pattern:
      /modprobe: FATAL: Module (?<module>i915|xe) not found in directory \/lib\/modules\/(?<kernel>[\w.+~-]{1,60})/,
    means:
      'The guest’s kernel has no graphics driver for Intel: a cloud kernel, or the extra modules are missing.',
    source: 'kmod',
    finding: {
      id: 'guest.driver-missing',
      title: 'The guest’s kernel comes without the graphics driver',
      severity: (_, of) => (works(of) ? 'info' : 'cause'),
      confidence: () => 'certain',
      fix: fix(
        'Cloud and minimal kernels leave the graphics drivers out.',
        'kmod',
        inGuest(
          'Install the full kernel (Debian: linux-image-amd64 instead of -cloud-; Ubuntu: linux-modules-extra-$(uname -r)), restart',
        ),
      ),
    },
  },
  {
    id: 'guest-unknown-symbol',
    emitters: ['guest-kernel', 'host-kernel'],
    literals: ['Unknown symbol'],
    pattern: /\b(?<driver>i915\w{0,20}|xe\w{0,20}): Unknown symbol (?<symbol>\w{1,80})/,
    means:
      'The driver was built against modules that this kernel does not have, so it does not load. Minimal and cloud images leave such modules out; an out-of-tree driver may also be older than the kernel.',
    source: 'kernel/module/main.c, simplify_symbols()',
    finding: null,
  },
  {
    id: 'guest-forcewake',
    emitters: ['guest-kernel'],
    literals: ['forcewake ack request'],
    pattern: /timed out waiting for forcewake ack request/,
    means:
      'The driver talks to registers that a virtual function does not have: it does not know that it drives one. On a whole device it is a GPU that does not answer.',
    source: 'drivers/gpu/drm/i915/intel_uncore.c, fw_domain_wait_ack_set()',
    finding: null,
  },
  {
    id: 'guest-old-host',
    emitters: ['guest-kernel'],
    literals: ['old vGPU host found'],
    pattern: /old vGPU host found, support for HWSP emulation required/,
    means: 'The guest’s kernel needs a newer GVT-g on the host than there is.',
    source: 'drivers/gpu/drm/i915/i915_vgpu.c, i915_detect_vgpu() of Linux 5.0',
    finding: {
      id: 'guest.driver-version',
      title: 'The guest’s kernel is too new for the host’s GVT-g',
      severity: guestBreakage,
      confidence: () => 'certain',
      fix: fix(
        'Host and guest have to agree on what is emulated.',
        'drivers/gpu/drm/i915/i915_vgpu.c',
        inGuest('start a kernel of before 5.0 in the guest, or a newer one on the host'),
      ),
    },
  },
  {
    id: 'guest-tlb-timeout',
    emitters: ['guest-kernel', 'host-kernel'],
    literals: ['TLB invalidation response timed out'],
    pattern: /TLB invalidation response timed out for seqno/,
    means:
      'A virtual function’s driver waits for an answer of the GPU’s firmware that never comes: drivers of guest and host that do not fit.',
    source: 'drivers/gpu/drm/i915/gt/uc/intel_guc_submission.c, guc_send_invalidate_tlb()',
    finding: {
      id: 'sriov.driver-broken',
      title: 'The driver of the virtual function and the host’s do not understand each other',
      severity: guestBreakage,
    },
  },
];
