/**
 * The Windows probe: PowerShell 5.1, one run, one line of ASCII JSON (docs/guests.md). It only reads, and it stops
 * starting new work after 45 s. `@NONCE@` is replaced before it is encoded.
 *
 * It has never run on a real Windows: it awaits its first real run, and until then only its contract is tested.
 *
 * Facts it rests on: Win32_PnPEntity.GetDeviceProperties and the DEVPKEY_Device_* names (Microsoft's documentation);
 * PowerShell 5.1 prints arrays that carry type data as `{value, Count}`, progress as CLIXML on stderr, and text in
 * the console's code page, so the JSON is made of plain tables and written as ASCII bytes. In constrained language
 * mode .NET calls are refused; the probe then says so and no more.
 *
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const WINDOWS_PROBE = String.raw`$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$nonce = '@NONCE@'
$mode = [string]$ExecutionContext.SessionState.LanguageMode
if ($mode -ne 'FullLanguage') {
  '@@IGPU1 CLM'
  $nonce
  @(Get-CimInstance -Query "SELECT PNPDeviceID, ConfigManagerErrorCode, Service FROM Win32_PnPEntity WHERE PNPDeviceID LIKE 'PCI\\%' AND PNPClass = 'Display'" |
    Select-Object -Property ('PNPDeviceID', 'ConfigManagerErrorCode', 'Service') -First 32) | ConvertTo-Json -Compress
  '@@END'
  exit 3
}
Remove-TypeData -TypeName System.Array -ErrorAction SilentlyContinue
$clock = [Diagnostics.Stopwatch]::StartNew()
$failures = New-Object System.Collections.ArrayList
$adapters = New-Object System.Collections.ArrayList
$answer = [ordered]@{ schema = 1; nonce = $nonce; lang = $mode }

function Clip($value, [int]$length) {
  if ($null -eq $value) { return $null }
  $text = [string]$value
  if ($text.Length -gt $length) { return $text.Substring(0, $length) }
  return $text
}
function Section([string]$name, [scriptblock]$read) {
  if ($clock.Elapsed.TotalSeconds -gt 45) { [void]$failures.Add($name + ': out of time'); return }
  try { & $read } catch { [void]$failures.Add($name + ': ' + (Clip $_.Exception.Message 200)) }
}
function Plain([string]$name, $value) {
  if ($value -is [array]) { return ,@($value | Select-Object -First 4 | ForEach-Object { Clip $_ 160 }) }
  if ($name -eq 'ProblemStatus' -or $name -eq 'DevNodeStatus') { return '0x{0:X8}' -f ([int64]$value -band 4294967295) }
  if ($value -is [DateTime]) { return $value.ToUniversalTime().ToString('yyyy-MM-dd') }
  if ($value -is [bool]) { return $value }
  if ($value -is [string]) { return (Clip $value 160) }
  return [int64]$value
}

Section 'os' {
  $system = Get-CimInstance -ClassName Win32_OperatingSystem -OperationTimeoutSec 15
  $version = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  $answer.os = [ordered]@{
    build = [int]$system.BuildNumber
    ubr = [int]$version.UBR
    edition = Clip $version.EditionID 80
    display = Clip $version.DisplayVersion 80
    type = [int]$system.ProductType
    ui = [Globalization.CultureInfo]::InstalledUICulture.Name
    utc = [DateTime]::UtcNow.ToString('o')
    boot = $system.LastBootUpTime.ToUniversalTime().ToString('o')
    up = [int]([DateTime]::Now - $system.LastBootUpTime).TotalSeconds
    sid = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
    session = [int](Get-Process -Id $PID).SessionId
    x64 = [Environment]::Is64BitProcess
  }
}
Section 'setup' {
  $setup = Get-ItemProperty -Path 'HKLM:\SYSTEM\Setup'
  $state = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State' -ErrorAction SilentlyContinue
  $power = Get-ItemProperty -Path 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Power' -ErrorAction SilentlyContinue
  $installers = @(Get-Process -Name ('drvinst', 'msiexec', 'TiWorker', 'setup', 'setuphost') -ErrorAction SilentlyContinue)
  $answer.setup = [ordered]@{
    inSetup = [int]$setup.SystemSetupInProgress
    oobe = [int]$setup.OOBEInProgress
    image = Clip $state.ImageState 80
    fastStartup = $power.HiberbootEnabled
    busy = @($installers | Select-Object -First 8 | ForEach-Object { Clip $_.ProcessName 60 })
  }
}
Section 'start' {
  $event = @(Get-WinEvent -FilterHashtable @{ LogName = 'System'; ProviderName = 'Microsoft-Windows-Kernel-Boot'; Id = 27 } -MaxEvents 1)[0]
  $answer.start = [ordered]@{ type = [int64]$event.Properties[0].Value; at = $event.TimeCreated.ToUniversalTime().ToString('o') }
}
$wanted = [string[]]('ProblemCode', 'ProblemStatus', 'DevNodeStatus', 'DriverVersion', 'DriverDate', 'DriverProvider',
  'DriverInfPath', 'DriverInfSection', 'MatchingDeviceId', 'DriverRank', 'Service', 'LocationPaths', 'BusNumber',
  'Address', 'GenericDriverInstalled', 'InstallState', 'ConfigFlags' | ForEach-Object { 'DEVPKEY_Device_' + $_ })
Section 'pci' {
  $devices = @(Get-CimInstance -Query "SELECT * FROM Win32_PnPEntity WHERE PNPDeviceID LIKE 'PCI\\%'" -OperationTimeoutSec 20)
  $answer.pciCount = $devices.Count
  foreach ($device in $devices) {
    $ids = @($device.HardwareID) + @($device.CompatibleID)
    $isDisplay = @($ids -match '[\\&]CC_03').Count -gt 0 -or [string]$device.ClassGuid -eq '{4d36e968-e325-11ce-bfc1-08002be10318}'
    if (-not $isDisplay -or $adapters.Count -ge 32) { continue }
    $found = [ordered]@{
      id = Clip $device.PNPDeviceID 200
      name = Clip $device.Name 120
      status = Clip $device.Status 40
      cm = $device.ConfigManagerErrorCode
      present = $device.Present
      hw = @($device.HardwareID | Select-Object -First 2 | ForEach-Object { Clip $_ 160 })
      p = [ordered]@{}
    }
    [void]$adapters.Add($found)
    Section 'properties' {
      $reply = Invoke-CimMethod -InputObject $device -MethodName GetDeviceProperties -Arguments @{ devicePropertyKeys = $wanted } -OperationTimeoutSec 15
      foreach ($property in @($reply.deviceProperties)) {
        if ($null -eq $property -or $null -eq $property.PSObject.Properties['Data'] -or $null -eq $property.Data) { continue }
        $name = [string]$property.KeyName -replace '^DEVPKEY_Device_', ''
        $found.p[$name] = Plain $name $property.Data
      }
    }
  }
}
$answer.gpu = @($adapters.ToArray())
$answer.err = @($failures.ToArray() | Select-Object -First 40)
$answer.ms = [int]$clock.ElapsedMilliseconds
$json = ConvertTo-Json -InputObject $answer -Depth 6 -Compress
$json = [regex]::Replace($json, '[^\x20-\x7e]', { param($match) '\u{0:x4}' -f [int][char]$match.Value })
$bytes = [Text.Encoding]::ASCII.GetBytes("@@IGPU1 " + $json.Length + [char]10 + $json + [char]10 + "@@END" + [char]10)
$stdout = [Console]::OpenStandardOutput()
$stdout.Write($bytes, 0, $bytes.Length)
$stdout.Flush()
exit 0
`;
