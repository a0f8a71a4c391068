import type { Fault } from '../fault.ts';

/** The script is refused as antivirus refuses one: a word on stderr, exit code 1. */
export const POWERSHELL_BLOCKED: Fault = {
  summary: 'PowerShell refuses to run the probe',
  script: String.raw`before_answer() {
  echo 'This script contains malicious content and has been blocked by your antivirus software.' >&2
  exit 1
}
`,
};
