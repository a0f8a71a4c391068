import type { Case } from '../case.ts';
import type { Signal, Signature } from '../signature.ts';
import { works } from '../subject/trouble.ts';
import { sees } from '../subject/inside-guest.ts';
import { fix, inGuest } from './fix.ts';
import { guestBreakage } from './guest-breakage.ts';

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

/** Linux in the guest: whether its kernel has a driver for the device, and takes it. */
export const GUEST_DRIVER: readonly Signature[] = [
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
];
