import type { CheckState } from '../judge/result.ts';
import type { BootKind, Check, EvidenceClass, Severity, Verdict } from '../trace/words.ts';

/** What each word of the vocabularies means to a reader of the pages. A new word without a meaning does not compile. */
export const VERDICT_MEANING: Readonly<Record<Verdict, string>> = {
  pass: 'The expected driver ran the device, started and without a problem code, for the whole window of every boot.',
  fail: 'This combination does not work: a settled problem code, a wrong or basic driver, no device in a healthy guest, or QEMU refused the configuration.',
  error: 'The lab or the harness failed. This says nothing about the combination.',
  inconclusive: 'The evidence contradicts itself or is too thin to decide. This is not a failure.',
  skip: 'Not run, because a stated requirement was not met. Untested is not failed.',
};

export const CLASS_MEANING: Readonly<Record<EvidenceClass, string>> = {
  live: 'A lab of this project booted it on the real device and recorded everything.',
  submitted: 'A complete trace from somebody else’s machine, judged again here by the same rules.',
  reported: 'Log fragments or statements that somebody published. Nobody here saw it happen.',
  simulated:
    'No Intel GPU was involved: a virtual device or a stand-in guest. It tests the harness, not hardware.',
};

export const CHECK_LABEL: Readonly<Record<Check, string>> = {
  vmStarts: 'VM starts',
  guestUp: 'Guest answers',
  deviceSeen: 'Device seen',
  driverStarted: 'Driver started',
  stable: 'Stays that way',
  reset: 'After a reset',
  reboot: 'After a guest restart',
  restart: 'After a VM restart',
  firmwarePicture: 'Picture in firmware',
  picture: 'Picture in the OS',
  audio: 'Audio',
  media: 'Video engine',
};

export const CHECK_STATE_LABEL: Readonly<Record<CheckState, string>> = {
  yes: 'yes',
  no: 'no',
  unobserved: 'unobserved',
};

export const BOOT_MEANING: Readonly<Record<BootKind, string>> = {
  cold: 'The first guest to open the device since the host was booted.',
  start: 'A new QEMU process; the device was used before.',
  reset: 'The same process, reset from outside.',
  reboot: 'The same process; the guest restarts itself.',
};

export const SEVERITY_MEANING: Readonly<Record<Severity, string>> = {
  cause: 'Claimed to be what breaks this system.',
  contributing: 'Makes it worse, or breaks it together with something else.',
  warning: 'Suspicious; worth mending.',
  info: 'Worth knowing.',
  harmless: 'Looks bad and means nothing here.',
};
