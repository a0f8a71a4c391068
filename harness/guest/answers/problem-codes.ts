/** What Windows means by a problem code of a device, and where to look next. */
export interface ProblemCode {
  /** Its constant without `CM_PROB_`. */
  readonly name: string;
  /** Short, to stand after "Code 10: ". */
  readonly means: string;
  /** What to look at or change; absent where nothing better is known than the code itself. */
  readonly look?: string;
  /** Windows documents it as passing, or it only asks for a restart: it says nothing of the device yet. */
  readonly passing?: true;
  /** The device has no driver. */
  readonly noDriver?: true;
}

const RESTART = 'Restart the guest and test again.';
const INSTALL = 'Install the driver in the guest, then test again.';
const REINSTALL = "Install the guest's driver anew: its registry entries or files do not hold together.";
const RESOURCES =
  'The guest could not give the device its memory windows: compare the sizes of its BARs with what the machine offers below and above 4 GiB.';
const TEST_SIGNING = 'Use a driver that is signed for this Windows.';

/**
 * Every problem code of Windows. Names: CM_PROB_* in cfg.h of the Windows SDK; meanings in short: Microsoft,
 * "Device Manager error messages" (device-manager-error-messages.md, cm-prob-*.md). Transient by that
 * documentation: 18, 21, 54; 14 asks for a restart.
 */
const CODES: Readonly<Record<number, ProblemCode>> = {
  1: {
    name: 'NOT_CONFIGURED',
    means: 'the device is not configured: it has no driver',
    look: INSTALL,
    noDriver: true,
  },
  2: { name: 'DEVLOADER_FAILED', means: "the driver's service could not be loaded" },
  3: { name: 'OUT_OF_MEMORY', means: 'the driver is corrupt, or memory ran out', look: REINSTALL },
  4: { name: 'ENTRY_IS_WRONG_TYPE', means: 'a registry entry of the device has the wrong type' },
  5: { name: 'LACKED_ARBITRATOR', means: 'nothing arbitrates a resource that the device wants' },
  6: { name: 'BOOT_CONFIG_CONFLICT', means: 'its boot configuration conflicts with another device' },
  7: { name: 'FAILED_FILTER', means: 'a filter driver failed' },
  8: { name: 'DEVLOADER_NOT_FOUND', means: 'a loader of the driver was not found' },
  9: { name: 'INVALID_DATA', means: 'the device reports an id that is not valid' },
  10: {
    name: 'FAILED_START',
    means: 'a driver of the device failed to start it',
    look: 'The problem status says why, where Windows gives one. Look at the ROM and the memory windows of the device, and at event 411 of Kernel-PnP/Configuration.',
  },
  11: { name: 'LIAR', means: 'the device failed' },
  12: { name: 'NORMAL_CONFLICT', means: 'not enough free resources for the device', look: RESOURCES },
  13: { name: 'NOT_VERIFIED', means: 'its resources could not be verified' },
  14: {
    name: 'NEED_RESTART',
    means: 'the device waits for a restart of the guest',
    look: RESTART,
    passing: true,
  },
  15: { name: 'REENUMERATION', means: 'the device could not be enumerated again' },
  16: { name: 'PARTIAL_LOG_CONF', means: 'not all of its resources are known', look: RESOURCES },
  17: { name: 'UNKNOWN_RESOURCE', means: 'it asks for a kind of resource that is not known' },
  18: { name: 'REINSTALL', means: 'its driver is to be installed anew', passing: true },
  19: { name: 'REGISTRY', means: "the registry keys of its driver's service are damaged", look: REINSTALL },
  20: { name: 'VXDLDR', means: 'a loader failed (Windows 95 only)' },
  21: { name: 'WILL_BE_REMOVED', means: 'Windows is removing the device', passing: true },
  22: {
    name: 'DISABLED',
    means: 'somebody disabled the device in the guest',
    look: 'Enable it in the device manager of the guest. This says nothing of the config under test.',
  },
  23: { name: 'DEVLOADER_NOT_READY', means: 'the loader of the driver is not ready' },
  24: {
    name: 'DEVICE_NOT_THERE',
    means: 'the device is not there or does not answer',
    look: 'See whether the host still has the device, and whether its reset failed.',
  },
  25: { name: 'MOVED', means: 'the device is being moved' },
  26: { name: 'TOO_EARLY', means: 'the driver was asked too early' },
  27: { name: 'NO_VALID_LOG_CONF', means: 'no configuration of its resources is valid', look: RESOURCES },
  28: {
    name: 'FAILED_INSTALL',
    means: 'no driver is installed for the device',
    look: `${INSTALL} Problem status 0xC0000490 says that Windows has none that fits this id.`,
    noDriver: true,
  },
  29: { name: 'HARDWARE_DISABLED', means: 'firmware disabled the device' },
  30: { name: 'CANT_SHARE_IRQ', means: 'its interrupt cannot be shared' },
  31: {
    name: 'FAILED_ADD',
    means: 'the driver refused the device (AddDevice failed)',
    look: 'The problem status says why, where Windows gives one; then try another version of the driver.',
  },
  32: {
    name: 'DISABLED_SERVICE',
    means: "the driver's service is disabled",
    look: "Set the start type of the driver's service in the guest back to what its INF says.",
  },
  33: { name: 'TRANSLATION_FAILED', means: 'its resources could not be translated', look: RESOURCES },
  34: { name: 'NO_SOFTCONFIG', means: 'it must be configured by hand' },
  35: { name: 'BIOS_TABLE', means: 'a firmware table lacks what the device needs' },
  36: { name: 'IRQ_TRANSLATION_FAILED', means: 'its interrupt could not be translated' },
  37: {
    name: 'FAILED_DRIVER_ENTRY',
    means: 'the driver failed as it was loaded (DriverEntry)',
    look: 'Try another version of the driver; the System log may hold event 219 of Kernel-PnP.',
  },
  38: {
    name: 'DRIVER_FAILED_PRIOR_UNLOAD',
    means: 'an older instance of the driver is still in memory',
    look: RESTART,
  },
  39: {
    name: 'DRIVER_FAILED_LOAD',
    means: 'the driver could not be loaded',
    look: 'Its file is damaged, something that it imports is missing, or memory integrity (HVCI) does not take it.',
  },
  40: { name: 'DRIVER_SERVICE_KEY_INVALID', means: "the driver's service key is not valid", look: REINSTALL },
  41: { name: 'LEGACY_SERVICE_NO_DEVICES', means: 'the driver was loaded but found no device' },
  42: { name: 'DUPLICATE_DEVICE', means: 'the device is there twice' },
  43: {
    name: 'FAILED_POST_START',
    means: 'the driver reports that its device failed',
    look: 'Windows reports code 43 when the driver, after a successful start, says its device has failed. It names no cause by itself.',
  },
  44: { name: 'HALTED', means: 'a program or service in the guest stopped the device' },
  45: {
    name: 'PHANTOM',
    means: 'the guest remembers the device, but it is not connected',
    look: 'Compare with the QEMU command line, and see whether the device was unplugged.',
  },
  46: { name: 'SYSTEM_SHUTDOWN', means: 'the guest is shutting down' },
  47: {
    name: 'HELD_FOR_EJECT',
    means: 'the device was prepared for removal and is held for it',
    look: 'Somebody ejected it in the guest: restart the guest.',
  },
  48: {
    name: 'DRIVER_BLOCKED',
    means: 'Windows blocks this driver: it is on its list of harmful ones',
    look: 'Install a version of the driver that Windows does not block.',
  },
  49: { name: 'REGISTRY_TOO_LARGE', means: "the guest's registry is too large" },
  50: { name: 'SETPROPERTIES_FAILED', means: 'the properties of the device could not be set' },
  51: { name: 'WAITING_ON_DEPENDENCY', means: 'the device waits for another one' },
  52: {
    name: 'UNSIGNED_DRIVER',
    means: "the driver's signature cannot be verified",
    look: TEST_SIGNING,
  },
  53: { name: 'USED_BY_DEBUGGER', means: 'a kernel debugger uses the device' },
  54: { name: 'DEVICE_RESET', means: 'the device failed and is being reset', passing: true },
  55: {
    name: 'CONSOLE_LOCKED',
    means: 'the device is held back until somebody logs in',
    look: 'Kernel DMA Protection (the DmaGuard policy) holds it back: log in once, or change that policy in the guest.',
  },
  56: { name: 'NEED_CLASS_CONFIG', means: "the configuration of the device's class is missing" },
  57: { name: 'GUEST_ASSIGNMENT_FAILED', means: 'the device could not be assigned to a guest' },
};

/** What is known of a problem code; null of one that Windows does not document. */
export function problemCode(code: number): ProblemCode | null {
  return CODES[code] ?? null;
}

/** `CM_PROB_FAILED_POST_START`; null of one that Windows does not document. */
export function problemName(code: number): string | null {
  const known = problemCode(code);
  return known === null ? null : `CM_PROB_${known.name}`;
}
