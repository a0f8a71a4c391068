import type { Fault } from '../fault.ts';

/** Neither PowerShell nor any other program that the harness asks can be started. */
export const PROGRAMS_BLOCKED: Fault = {
  summary: 'no program of the guest can be started',
  script: String.raw`before_agent() { rm /usr/lib/guest/*.exe; }
`,
};
