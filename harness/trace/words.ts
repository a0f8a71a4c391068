/** The one home of the words that traces, results, scenarios, reports and pages share. */

/** How a guest was started. A boot's kind is observed and kept beside the kind that was asked for. */
export const BOOT_KINDS = ['cold', 'start', 'reset', 'reboot'] as const;
export type BootKind = (typeof BOOT_KINDS)[number];

/** What can be said of a boot or a run. */
export const VERDICTS = ['pass', 'fail', 'error', 'inconclusive', 'skip'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a finding weighs. `cause`: claimed to break this system; the rest matters less, `harmless` only looks bad. */
export const SEVERITIES = ['cause', 'contributing', 'warning', 'info', 'harmless'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const CONFIDENCES = ['certain', 'likely', 'possible'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** How strong the evidence is. Derived from what was observed, never declared. */
export const EVIDENCE_CLASSES = ['live', 'submitted', 'reported', 'simulated'] as const;
export type EvidenceClass = (typeof EVIDENCE_CLASSES)[number];

/** What a result answers one by one. The last four have no instrument yet and stay `unobserved`. */
export const CHECKS = [
  'vmStarts',
  'guestUp',
  'deviceSeen',
  'driverStarted',
  'stable',
  'reset',
  'reboot',
  'restart',
  'firmwarePicture',
  'picture',
  'audio',
  'media',
] as const;
export type Check = (typeof CHECKS)[number];

/** Where an event was observed. */
export const CHANNELS = [
  'note',
  'exec',
  'qmp',
  'agent',
  'serial',
  'firmware',
  'kernel',
  'statement',
] as const;
export type Channel = (typeof CHANNELS)[number];

/** What an agent's answer was, where it was not the one that was asked for. */
export const REFUSALS = ['error', 'unreadable', 'too-long', 'flood'] as const;
export type RefusalKind = (typeof REFUSALS)[number];

/** Which guest probe reads the device's status. */
export const PROBES = ['windows', 'linux'] as const;
export type Probe = (typeof PROBES)[number];

/**
 * What is asked of a Windows guest, one program each, when its PowerShell does not answer the probe. All of them are
 * weaker than the probe: none can show that a device works.
 */
export const FALLBACK_STEPS = [
  'version',
  'problem-43',
  'connected',
  'connected-all',
  'image-state',
  'setup',
  'services',
  'drivers',
  'wmic',
] as const;
export type FallbackStep = (typeof FALLBACK_STEPS)[number];

/**
 * What gets a VM down, a device ready or a host to answer where it does not by itself; the milder first. Which one it
 * took is a result.
 */
export const RUNGS = [
  'wait',
  'agent-shutdown',
  'acpi',
  'stop',
  'kill',
  'device-reset',
  'driver-rebind',
  'host-reboot',
  'power-switch',
] as const;
export type Rung = (typeof RUNGS)[number];

/** Which kind of machine a host is, and so which driver runs it. */
export const PLATFORMS = ['qemu', 'proxmox'] as const;
export type Platform = (typeof PLATFORMS)[number];
