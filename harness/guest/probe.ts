import type { Probe } from '../trace/words.ts';
import { LINUX_PROBE } from './linux/probe-script.ts';
import { WINDOWS_PROBE } from './windows/probe-script.ts';

export interface ProbeCommand {
  readonly path: string;
  readonly args: readonly string[];
}

/**
 * 64-bit Windows PowerShell 5.1, which every Windows since 10 has at this path. The stand-in guest has a file of that
 * literal name.
 */
const POWERSHELL = String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`;
const POWERSHELL_ARGS = ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass'];

const COMMANDS = {
  windows: (nonce: string) => ({
    path: POWERSHELL,
    args: [
      ...POWERSHELL_ARGS,
      '-EncodedCommand',
      Buffer.from(WINDOWS_PROBE.replace('@NONCE@', nonce), 'utf16le').toString('base64'),
    ],
  }),
  linux: (nonce: string) => ({ path: '/bin/sh', args: ['-c', LINUX_PROBE, 'code43-probe', nonce] }),
} as const satisfies Record<Probe, (nonce: string) => ProbeCommand>;

/**
 * What the guest agent has to run (guest-exec, no shell, no environment, stdout captured) to read the guest's devices.
 *
 * @param nonce comes back in the answer and binds it to this question: 8 to 32 letters or digits, else a RangeError
 */
export function probeCommand(probe: Probe, nonce: string): ProbeCommand {
  if (!/^[A-Za-z0-9]{8,32}$/.test(nonce))
    throw new RangeError(`a nonce is 8 to 32 letters or digits, not ${JSON.stringify(nonce.slice(0, 60))}`);
  return COMMANDS[probe](nonce);
}
