import { DISPLAY_DRIVER as LINUX_DRIVER } from '../linux/display-driver.ts';
import { CMD } from '../standin/cmd.ts';
import { DEVICES } from '../standin/devices.ts';
import { DISPLAY_DRIVER } from '../standin/display-driver.ts';
import { EFI_ROM } from '../standin/efi-rom.ts';
import { FAULTS } from '../standin/faults.ts';
import { FAULTS_DIR, HOOKS } from '../standin/hooks.ts';
import { PNPUTIL } from '../standin/pnputil.ts';
import { POWERSHELL } from '../standin/powershell.ts';
import { REG } from '../standin/reg.ts';
import { WMIC } from '../standin/wmic.ts';
import { INIT, OS_RELEASE, SHUTDOWN } from './init.ts';

/** Programs and files of our own in an image, by path without a leading slash. All are executable. */
export type Recipe = Readonly<Record<string, string>>;

/** The directory is first in the agent's PATH: there a name without a slash, backslashes or not, is found. */
const BIN = 'usr/lib/guest';

const COMMON: Recipe = {
  init: INIT,
  'sbin/shutdown': SHUTDOWN,
  'etc/os-release': OS_RELEASE,
  [`${BIN}/hooks`]: HOOKS,
};

const FAULT_SCRIPTS: Recipe = Object.fromEntries(
  Object.entries(FAULTS).map(([name, { script }]) => [`${FAULTS_DIR}/${name}`, script]),
);

/** The guest images that can be built. */
export const RECIPES = {
  'standin-windows': {
    ...COMMON,
    ...FAULT_SCRIPTS,
    [`${BIN}/display-driver`]: DISPLAY_DRIVER,
    [`${BIN}/efi-rom`]: EFI_ROM,
    [`${BIN}/devices`]: DEVICES,
    [`${BIN}/${String.raw`C:\Windows\System32\cmd.exe`}`]: CMD,
    [`${BIN}/${String.raw`C:\Windows\System32\pnputil.exe`}`]: PNPUTIL,
    [`${BIN}/${String.raw`C:\Windows\System32\reg.exe`}`]: REG,
    [`${BIN}/${String.raw`C:\Windows\System32\wbem\wmic.exe`}`]: WMIC,
    [`${BIN}/${String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`}`]: POWERSHELL,
  },
  linux: { ...COMMON, [`${BIN}/display-driver`]: LINUX_DRIVER },
} as const satisfies Record<string, Recipe>;

export type GuestImageName = keyof typeof RECIPES;

export const GUEST_IMAGES: readonly GuestImageName[] = ['standin-windows', 'linux'];

export function isGuestImage(name: string): name is GuestImageName {
  return Object.hasOwn(RECIPES, name);
}

/**
 * Kernel command line: serial console; warnings and worse while the kernel starts (`/init` raises it to "info"); a
 * panic stays on the console instead of restarting for ever. The rest leaves out work that emulation makes slow
 * and that this guest does not need: self-tests of ciphers, patching for one CPU, security modules, auditing, IPv6.
 * The TSC is not used as a clock: on a busy host the kernel measures it wrongly under emulation, and the guest's
 * uptime then runs several times too fast (24.7 s in 11.7 s, seen with QEMU 7.2).
 */
export const APPEND = [
  'console=ttyS0 loglevel=5 panic=0 cryptomgr.notests noreplace-smp lsm= audit=0 ipv6.disable=1 nowatchdog',
  'tsc=unstable',
].join(' ');
