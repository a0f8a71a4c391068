/** A program of Windows that runs once, as SYSTEM, when set-up has ended. */
export interface FinishStep {
  readonly id: string;
  readonly program: string;
  /** None holds a space: they are joined by spaces on the way. */
  readonly words: readonly string[];
  /** Seconds it may take. */
  readonly seconds: number;
  /** Exit codes that mean it is done, 0 alone where left out; null where the code says nothing. */
  readonly good?: readonly number[] | null;
}

const SYSTEM32 = String.raw`C:\Windows\System32`;

/**
 * What cannot be set by a value of the registry, in order. docs/windows-template.md says why, and where it is
 * documented; a test holds the page to this list. Unverified on a real Windows.
 */
export const FINISH_STEPS: readonly FinishStep[] = [
  { id: 'hibernate', program: 'powercfg.exe', words: ['/hibernate', 'off'] },
  { id: 'sleep', program: 'powercfg.exe', words: ['/change', 'standby-timeout-ac', '0'] },
  { id: 'monitor', program: 'powercfg.exe', words: ['/change', 'monitor-timeout-ac', '0'] },
  { id: 'recovery-at-start', program: 'bcdedit.exe', words: ['/set', '{default}', 'recoveryenabled', 'No'] },
  {
    id: 'failed-starts',
    program: 'bcdedit.exe',
    words: ['/set', '{default}', 'bootstatuspolicy', 'IgnoreAllFailures'],
  },
  { id: 'update-service', program: 'sc.exe', words: ['config', 'wuauserv', 'start=', 'disabled'] },
  // Fails where there is nothing to switch off: the check looks at the file that it writes instead.
  { id: 'recovery-environment', program: 'reagentc.exe', words: ['/disable'], good: null },
].map(({ program, ...step }) => ({ ...step, program: `${SYSTEM32}\\${program}`, seconds: 120 }));

/** ERROR_NO_MORE_ITEMS: nothing to do; ERROR_SUCCESS_REBOOT_REQUIRED (Microsoft's page on PnPUtil's return values). */
export const PNPUTIL_DONE: readonly number[] = [0, 259, 3010];

/** Puts a driver into Windows' own store, and on devices that are there. */
export function addDriver(id: string, inf: string): FinishStep {
  return {
    id,
    program: `${SYSTEM32}\\pnputil.exe`,
    words: ['/add-driver', inf, '/install'],
    seconds: 300,
    good: PNPUTIL_DONE,
  };
}

/** Installs a package of Windows Installer without a window and without a restart. */
export function installPackage(id: string, msi: string, log: string): FinishStep {
  return {
    id,
    program: `${SYSTEM32}\\msiexec.exe`,
    words: ['/i', msi, '/qn', '/norestart', '/l*v', log],
    seconds: 600,
    good: [0, 3010],
  };
}
