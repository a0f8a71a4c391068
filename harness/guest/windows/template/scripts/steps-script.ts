/** Where each step's exit code is kept. */
export const RECORD = String.raw`HKLM:\SOFTWARE\code43`;

/**
 * What the other scripts share: a program is run with a limit of time, and its exit code is kept. It is started through
 * the shell (Start-Process without redirection), so what it leaves running holds no pipe of the agent.
 * `$null = $process.Handle` makes PowerShell 5.1 remember the exit code.
 */
export const STEPS_SCRIPT = String.raw`$ProgressPreference = 'SilentlyContinue'
$record = '${RECORD}'
if (-not (Test-Path $record)) { New-Item -Path $record -Force | Out-Null }

function Set-Record([string]$name, [string]$value) {
  Set-ItemProperty -Path $record -Name $name -Value $value
  $name + ': ' + $value
}

function Invoke-Step([string]$name, [string]$program, [string[]]$words, [int]$seconds) {
  try {
    $process = Start-Process -FilePath $program -ArgumentList $words -PassThru -WindowStyle Hidden
    $null = $process.Handle
    if ($process.WaitForExit($seconds * 1000)) {
      Set-Record $name ([string]$process.ExitCode)
    } else {
      $process.Kill()
      Set-Record $name ('ended after ' + $seconds + ' s')
    }
  } catch {
    Set-Record $name ('not run: ' + $_.Exception.Message)
  }
}
`;
