import type { Case } from '../case.ts';
import type { Severity } from '../finding.ts';
import type { Signal, Signature } from '../signature.ts';
import { fails, hasSymptom, works } from '../subject/trouble.ts';
import { driven, sees } from '../subject/inside-guest.ts';
import { fix, inGuest, inVm } from './fix.ts';

/** A line of the guest that tells of a driver which did not get to work. */
function guestBreakage(_: readonly Signal[], of: Case): Severity {
  return works(of) ? 'info' : fails(of) ? 'cause' : 'contributing';
}

/** The device reads where it has nothing to read: the IOMMU stops it, or the picture breaks, and nothing else is told. */
function missesMemory(of: Case): boolean {
  if (of.signals.has('dmar-fault')) return true;
  const others = hasSymptom(of, 'no-render-node', 'no-acceleration', 'no-device', 'driver-not-installing');
  return fails(of) && !others;
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
    'guest-nomodeset',
    'guest-key-rejected',
    'hung-task',
    'guest-hang',
  ) ||
    sees(of, 'gave-up', 'driver-installed', 'other-node', 'no-right') ||
    driven(of)
    ? null
    : guestBreakage(signals, of);
}

/** Programs miss what the GPU should do. */
function lacksMedia(of: Case): boolean {
  return hasSymptom(of, 'no-acceleration', 'no-render-node', 'driver-not-installing');
}

/** With virtual functions the host loads such a module, too: then the line has to say whose it is. */
function ofGuestsModule(signals: readonly Signal[], of: Case): boolean {
  if (!of.facts.has('guestOs', 'linux')) return false;
  return (
    of.facts.get('mode') === 'whole' ||
    sees(of, 'driver-installed', 'build-failed') ||
    signals.some(({ quote }) => /\b(?:guest|in the vm|inside|mokutil)\b/i.test(quote.text))
  );
}

/** What only a host has in its command line; it may well keep its drivers out. */
const OF_HOST = /\bintel_iommu=|\biommu=pt\b|\.max_vfs=|\bvfio-pci\.ids=|-pve\b/;
const DEVICE = String.raw`\b(?:i915|xe) (?<device>[0-9a-f:]{7,12}\.[0-7]): `;

/** Linux in the guest: i915, xe, and the programs that decode video. */
export const GUEST_LINUX: readonly Signature[] = [
  {
    id: 'guest-stolen-short',
    emitters: ['guest-kernel', 'host-kernel'],
    literals: ['not enough stolen space'],
    pattern: /not enough stolen space for compressed buffer \(need (?<bytes>\d{1,12}) more bytes\)/,
    means:
      'The driver leaves frame buffer compression off, since the stolen memory is too small for it. That alone is harmless.',
    source: 'Linux drivers/gpu/drm/i915/display/intel_fbc.c',
    finding: null,
  },
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
      id: 'guest.driver-missing',
      title: 'The guest’s kernel is too old for this iGPU: it has no driver for it',
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
    id: 'guest-key-rejected',
    emitters: ['guest-kernel', 'guest'],
    literals: ['Key was rejected', 'unavailable key is rejected'],
    pattern: /Key was rejected by service|Loading of (?:unsigned )?module with unavailable key is rejected/i,
    means:
      'Secure Boot is on in the guest, and the module is not signed with a key that it trusts, so it does not load.',
    source: 'kernel/module/signing.c; kmod',
    finding: {
      id: 'guest.os-config',
      title: 'Secure Boot in the guest keeps the graphics module from loading',
      severity: (signals, of) => (works(of) ? 'info' : ofGuestsModule(signals, of) ? 'cause' : null),
      confidence: () => 'certain',
      fix: fix(
        'Either the key is trusted, or nothing asks for one.',
        'kernel/module/signing.c',
        inGuest('mokutil --import the key that dkms signs with (/var/lib/dkms/mok.pub), then restart'),
        {
          where: 'vm',
          text: 'or switch Secure Boot off in the VM: an efidisk without pre-enrolled-keys, or its firmware menu',
        },
      ),
    },
  },
  {
    id: 'guest-nomodeset',
    emitters: ['guest-kernel'],
    literals: ['nomodeset', '.modeset=0', 'blacklist='],
    pattern:
      /Booted with the nomodeset parameter|[Cc]ommand line: .{0,400}(?:\snomodeset\b|\b(?:i915|xe)\.modeset=0|\b(?:module_|modprobe\.)?blacklist=(?:\S{0,60},)?i915\b)/,
    means: 'The guest’s own command line forbids its graphics driver.',
    source: 'drivers/gpu/drm/drm_nomodeset.c; Documentation/admin-guide/kernel-parameters.txt',
    finding: {
      id: 'guest.os-config',
      title: 'The guest’s kernel command line keeps its graphics driver out',
      severity: (signals, of) =>
        signals.every(({ message }) => OF_HOST.test(message)) ? null : guestBreakage(signals, of),
      confidence: () => 'certain',
      fix: fix(
        'Without the parameter the driver takes the device.',
        'drivers/gpu/drm/drm_nomodeset.c',
        inGuest(
          'Remove nomodeset (or the blacklist) from GRUB_CMDLINE_LINUX_DEFAULT, update-grub, restart; give the VM no emulated display if that is why it was set',
        ),
      ),
    },
  },
  {
    id: 'guest-kldload',
    emitters: ['guest', 'guest-kernel'],
    literals: ['i915kms', '-kmod is', 'drm-kmod', '-kmod not'],
    pattern:
      /can't load i915kms(?:\.ko)?: No such file|i915kms(?:\.ko)? (?:is )?(?:not found|missing)|drm(?:-\d{1,3})?-kmod\b.{0,20}\b(?:not|isn't|never) installed|\bno drm(?:-\d{1,3})?-kmod\b/i,
    means: 'FreeBSD has Intel’s graphics driver in a package, which is not installed.',
    source: 'FreeBSD, graphics/drm-kmod',
    finding: {
      id: 'guest.driver-missing',
      title: 'The guest has no graphics driver: FreeBSD’s drm-kmod is not installed',
      severity: (_, of) => (works(of) ? 'info' : 'cause'),
      confidence: () => 'certain',
      fix: fix(
        'The base system has no i915.',
        'FreeBSD, graphics/drm-kmod',
        inGuest('pkg install drm-kmod && sysrc kld_list+=i915kms, then restart'),
      ),
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
    id: 'guest-stolen-outside',
    emitters: ['guest-kernel'],
    literals: ['outside stolen memory'],
    pattern: new RegExp(
      `${DEVICE}.{0,24}Stolen reserved area \\[mem (?<area>0x[0-9a-f]{1,16}-0x[0-9a-f]{1,16})\\] outside stolen memory`,
    ),
    means:
      'The device keeps the host’s address of its reserved memory, and the guest’s firmware put the stolen memory elsewhere. What the device reads there is not the guest’s. It matters where the picture or the IOMMU complains; a driver that renders only may do without.',
    source: 'drivers/gpu/drm/i915/gem/i915_gem_stolen.c, i915_gem_init_stolen()',
    finding: {
      id: 'host.stolen-memory',
      title: 'The guest’s stolen memory is not where the device expects it',
      severity: (_, of) => (works(of) ? 'info' : missesMemory(of) ? 'cause' : 'contributing'),
      fix: fix(
        'The ROM’s part that reserves the memory must place it at the host’s address.',
        'docs of pve-igd-passthrough; drivers/gpu/drm/i915/gem/i915_gem_stolen.c',
        inVm('give a ROM with an IgdAssignmentDxe that keeps the host’s base of stolen memory, by romfile='),
      ),
    },
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
