import type { FallbackStep } from '../../trace/words.ts';

/** One program of Windows that is asked when PowerShell does not answer. It only reads, and needs no shell. */
export interface Fallback {
  readonly step: FallbackStep;
  readonly path: string;
  readonly args: readonly string[];
  /** Asked once a run: it tells what is installed, and nothing of how the device does. */
  readonly once?: true;
}

const SYSTEM32 = String.raw`C:\Windows\System32`;
const PNPUTIL = String.raw`${SYSTEM32}\pnputil.exe`;
const REG = String.raw`${SYSTEM32}\reg.exe`;
/** GUID_DEVCLASS_DISPLAY (devguid.h). */
const DISPLAY = '{4d36e968-e325-11ce-bfc1-08002be10318}';
const CLASSES = String.raw`HKLM\SYSTEM\CurrentControlSet\Control\Class`;

/**
 * In order. `pnputil /enum-devices` is there since Windows 10 1903 (pnputil-command-syntax.md); the list without
 * a class also has devices that have no driver, and so no class. wmic is no longer installed by default since Windows
 * 11 25H2. None of this has run on a real Windows from here: unverified.
 */
export const FALLBACK_LADDER: readonly Fallback[] = [
  { step: 'version', path: String.raw`${SYSTEM32}\cmd.exe`, args: ['/d', '/c', 'ver'] },
  { step: 'problem-43', path: PNPUTIL, args: ['/enum-devices', '/problem', '43', '/class', DISPLAY] },
  { step: 'connected', path: PNPUTIL, args: ['/enum-devices', '/connected', '/class', DISPLAY] },
  { step: 'connected-all', path: PNPUTIL, args: ['/enum-devices', '/connected'] },
  {
    step: 'image-state',
    path: REG,
    args: [
      'query',
      String.raw`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State`,
      '/v',
      'ImageState',
    ],
  },
  { step: 'setup', path: REG, args: ['query', String.raw`HKLM\SYSTEM\Setup`] },
  {
    step: 'services',
    path: REG,
    args: ['query', String.raw`HKLM\SYSTEM\CurrentControlSet\Enum\PCI`, '/s', '/v', 'Service'],
    once: true,
  },
  {
    step: 'drivers',
    path: REG,
    args: ['query', `${CLASSES}\\${DISPLAY}`, '/s', '/v', 'DriverVersion'],
    once: true,
  },
  {
    step: 'wmic',
    path: String.raw`${SYSTEM32}\wbem\wmic.exe`,
    args: [
      'path',
      'Win32_PnPEntity',
      'where',
      "PNPDeviceID like 'PCI%'",
      'get',
      'ConfigManagerErrorCode,PNPDeviceID,Service',
      '/format:list',
    ],
  },
];
