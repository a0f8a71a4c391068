import type { FinishStep } from '../finish-steps.ts';
import { powershellLiteral } from './powershell-literal.ts';
import { HOME } from './prepare-script.ts';

/**
 * Runs the steps, then the driver's script if there is one; removes the answer file that Windows keeps (it holds the
 * password and the key); and starts the agent last: once that answers, all else was tried. Runs again without harm.
 */
export function finishScript({
  steps,
  driverScript,
  agent,
}: {
  readonly steps: readonly FinishStep[];
  readonly driverScript: string | null;
  readonly agent: FinishStep;
}): string {
  return [
    String.raw`. ${HOME}\steps.ps1`,
    ...steps.map(call),
    ...(driverScript === null ? [] : [`& ${powershellLiteral(driverScript)}`]),
    String.raw`Remove-Item -Path 'C:\Windows\Panther\unattend*.xml', 'C:\Windows\Panther\autounattend*.xml' -Force -ErrorAction SilentlyContinue`,
    call(agent),
    `Set-Record 'finished' ([DateTime]::UtcNow.ToString('o'))`,
    '',
  ].join('\n');
}

function call({ id, program, words, seconds }: FinishStep): string {
  const list = words.map(powershellLiteral).join(', ');
  return `Invoke-Step ${powershellLiteral(id)} ${powershellLiteral(program)} @(${list}) ${seconds}`;
}
