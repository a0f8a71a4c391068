import { DISPLAY_DRIVER as LINUX_DRIVER } from '../linux/display-driver.ts';
import { DISPLAY_DRIVER } from '../standin/display-driver.ts';
import { EFI_ROM } from '../standin/efi-rom.ts';
import { POWERSHELL } from '../standin/powershell.ts';
import { INIT, OS_RELEASE, SHUTDOWN } from './init.ts';

/** Programs and files of our own in an image, by path without a leading slash. All are executable. */
export type Recipe = Readonly<Record<string, string>>;

const COMMON: Recipe = { init: INIT, 'sbin/shutdown': SHUTDOWN, 'etc/os-release': OS_RELEASE };

/** The directory is first in the agent's PATH: there a name without a slash, backslashes or not, is found. */
const BIN = 'usr/lib/guest';

/** The guest images that can be built. */
export const RECIPES = {
  'standin-windows': {
    ...COMMON,
    [`${BIN}/display-driver`]: DISPLAY_DRIVER,
    [`${BIN}/efi-rom`]: EFI_ROM,
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
 */
export const APPEND =
  'console=ttyS0 loglevel=5 panic=0 cryptomgr.notests noreplace-smp lsm= audit=0 ipv6.disable=1 nowatchdog';
