/** Where everything of ours lies in the guest. */
export const HOME = String.raw`C:\code43`;

/** Runs the script below from whichever drive has it: letters move with the number of drives. */
export const PREPARE_COMMAND =
  'powershell.exe -NoProfile -ExecutionPolicy Bypass -Command "foreach ($drive in Get-PSDrive -PSProvider FileSystem) ' +
  String.raw`{ $script = $drive.Root + 'code43\prepare.ps1'; if (Test-Path $script) { & $script } }"`;

/**
 * Copies the ISO's folder to the disk, and the last step of set-up to where Windows looks for it
 * (`%WINDIR%\Setup\Scripts\SetupComplete.cmd`: runs as SYSTEM after set-up, before anybody can log on). Installs
 * nothing: installers have hung in this pass, and a failure here would end set-up.
 */
export const PREPARE_SCRIPT = String.raw`$ProgressPreference = 'SilentlyContinue'
$from = Join-Path $PSScriptRoot '*'
$to = '${HOME}'
$scripts = 'C:\Windows\Setup\Scripts'
if ($PSScriptRoot -ne $to) {
  New-Item -ItemType Directory -Path $to, $scripts -Force | Out-Null
  Copy-Item -Path $from -Destination $to -Recurse -Force
  Get-ChildItem -Path $to -Recurse -File | ForEach-Object { $_.IsReadOnly = $false }
  Copy-Item -Path (Join-Path $to 'SetupComplete.cmd') -Destination $scripts -Force
}
exit 0
`;

/** What Windows runs by itself when set-up has ended. */
export const SETUP_COMPLETE = String.raw`@echo off
powershell.exe -NoProfile -ExecutionPolicy Bypass -File ${HOME}\finish.ps1 > ${HOME}\finish.log 2>&1
`;
