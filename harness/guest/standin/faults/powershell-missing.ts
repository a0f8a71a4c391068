import type { Fault } from '../fault.ts';

/** The agent cannot start the program at all. */
export const POWERSHELL_MISSING: Fault = {
  summary: 'PowerShell cannot be started',
  script: String.raw`before_agent() { rm /usr/lib/guest/*powershell.exe; }
`,
};
