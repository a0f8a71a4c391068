import { powershellLiteral } from './powershell-literal.ts';
import { HOME } from './prepare-script.ts';

/** How the display driver came: as an archive of its files, or as an installer. */
export type DriverKind = 'zip' | 'exe';

/** Where it lies in the guest, under a name of ours. */
export function driverPlace(kind: DriverKind): string {
  return String.raw`${HOME}\driver\display.${kind}`;
}

/**
 * A driver is used only if the guest's copy has the digest that was given for it.
 *
 * An archive is unpacked, and each of its INF files put into Windows' driver store by itself, so that each has an exit
 * code of its own; Windows takes it from there when the device appears. An installer needs the device to be there:
 * this runs when its owner says so. Its words are of Intel's article 000006773; `--report` is left to it.
 */
export function driverScript(kind: DriverKind, sha256: string): string {
  const place = driverPlace(kind);
  return String.raw`. ${HOME}\steps.ps1
$file = ${powershellLiteral(place)}
$digest = (Get-FileHash -LiteralPath $file -Algorithm SHA256).Hash
if ($digest -ne '${sha256}') {
  Set-Record 'display-driver' ('other digest: ' + $digest)
  exit 1
}
${kind === 'zip' ? STAGE : INSTALL}`;
}

const STAGE = String.raw`$folder = '${HOME}\driver\files'
New-Item -ItemType Directory -Path $folder -Force | Out-Null
Invoke-Step 'display-unpack' 'C:\Windows\System32\tar.exe' @('-x', '-f', $file, '-C', $folder) 1200
$bad = 0
$infs = @(Get-ChildItem -Path $folder -Recurse -Filter '*.inf')
foreach ($inf in $infs) {
  & C:\Windows\System32\pnputil.exe /add-driver $inf.FullName
  if (@(0, 259, 3010) -notcontains $LASTEXITCODE) { $bad += 1 }
}
Set-Record 'display-driver' ([string]$infs.Count + ' staged, ' + $bad + ' refused')
`;

const INSTALL = String.raw`Invoke-Step 'display-driver' $file @('--silent', '--overwrite') 1800
`;
