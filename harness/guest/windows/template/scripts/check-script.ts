import type { FinishStep } from '../finish-steps.ts';
import type { RegistrySetting } from '../registry-settings.ts';
import type { DriverKind } from './driver-script.ts';
import { powershellLiteral } from './powershell-literal.ts';
import { HOME } from './prepare-script.ts';
import { RECORD } from './steps-script.ts';

/**
 * Reads back in the guest whether all of it took: a line each, `ok` or `NOT`, then what Windows it is, and at last
 * `ready` or how many are wrong, which is also the exit code. It only reads. Texts that Windows writes in its own
 * language are not looked at.
 */
export function checkScript({
  settings,
  steps,
  driver,
}: {
  readonly settings: readonly RegistrySetting[];
  readonly steps: readonly FinishStep[];
  readonly driver: DriverKind | null;
}): string {
  return [
    HEAD,
    ...WINDOWS.map(([what, condition]) => check(what, condition)),
    ...settings.map(({ id, key, name, value }) =>
      check(id, `(Read-Value ${powershellLiteral(key.replace('HKLM\\', 'HKLM:\\'))} '${name}') -eq ${value}`),
    ),
    ...steps.flatMap(({ id, good = [0] }) =>
      good === null
        ? []
        : [
            check(
              id,
              `@(${good.map((code) => `'${code}'`).join(', ')}) -contains (Read-Value '${RECORD}' ${powershellLiteral(id)})`,
            ),
          ],
    ),
    ...(driver === null ? [] : [check('display-driver', DRIVER[driver])]),
    TAIL,
  ].join('\n');
}

const HEAD = String.raw`$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$wrong = 0
function Read-Value([string]$key, [string]$name) { (Get-ItemProperty -Path $key -Name $name).$name }
function Test-That([string]$what, [scriptblock]$condition) {
  $holds = $false
  try { $holds = [bool](& $condition) } catch { $holds = $false }
  if ($holds) { 'ok   ' + $what } else { 'NOT  ' + $what; $script:wrong += 1 }
}`;

const WINDOWS: readonly (readonly [string, string])[] = [
  [
    'set-up has ended',
    String.raw`(Read-Value 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State' 'ImageState') -eq 'IMAGE_STATE_COMPLETE'`,
  ],
  ['first use is over', String.raw`(Read-Value 'HKLM:\SYSTEM\Setup' 'OOBEInProgress') -eq 0`],
  ['every step was tried', String.raw`(Read-Value '${RECORD}' 'finished') -ne ''`],
  [
    'hibernation is off',
    String.raw`(Read-Value 'HKLM:\SYSTEM\CurrentControlSet\Control\Power' 'HibernateEnabled') -eq 0`,
  ],
  [
    'the update service is off',
    String.raw`(Read-Value 'HKLM:\SYSTEM\CurrentControlSet\Services\wuauserv' 'Start') -eq 4`,
  ],
  [
    'the recovery environment is off',
    String.raw`([xml](Get-Content 'C:\Windows\System32\Recovery\ReAgent.xml')).WindowsRE.InstallState.state -eq '0'`,
  ],
  ['the agent starts by itself', String.raw`(Get-Service 'QEMU-GA').StartType -eq 'Automatic'`],
  ['the answer file is gone', String.raw`-not (Test-Path 'C:\Windows\Panther\unattend.xml')`],
];

const DRIVER: Readonly<Record<DriverKind, string>> = {
  zip: `(Read-Value '${RECORD}' 'display-driver') -match '^[1-9][0-9]* staged, 0 refused$'`,
  // Whether it has been installed is the probe's to see: it needs the device.
  exe: String.raw`Test-Path '${HOME}\driver\display.exe'`,
};

const TAIL = String.raw`$version = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
'Windows ' + $version.EditionID + ' ' + $version.CurrentBuildNumber + '.' + $version.UBR
try {
  $guard = Get-CimInstance -Namespace 'root\Microsoft\Windows\DeviceGuard' -ClassName 'Win32_DeviceGuard'
  'virtualisation-based security: ' + $guard.VirtualizationBasedSecurityStatus
} catch { 'virtualisation-based security: unknown' }
if ($wrong -eq 0) { 'ready' } else { 'not ready: ' + $wrong }
exit $wrong
`;

function check(what: string, condition: string): string {
  return `Test-That ${powershellLiteral(what)} { ${condition} }`;
}
