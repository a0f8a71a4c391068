import type { Case } from '../case.ts';
import type { Signature } from '../signature.ts';
import { fails, hasSymptom, works } from '../subject/trouble.ts';
import { fix, inGuest } from './fix.ts';
import { GUEST_DRIVER_LINE, guestBreakage } from './guest-breakage.ts';

/** Programs miss what the GPU should do. */
function lacksMedia(of: Case): boolean {
  return hasSymptom(of, 'no-acceleration', 'no-render-node', 'driver-not-installing');
}

/** Linux in the guest: the firmware that its driver gives the device. */
export const GUEST_FIRMWARE: readonly Signature[] = [
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
      `${GUEST_DRIVER_LINE}.{0,40}(?:GuC initialization failed (?!-2\\b|-ENOENT)(?<error>\\S{1,20})|GuC load failed)`,
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
];
