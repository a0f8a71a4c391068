import type { Fault } from '../fault.ts';

/** As a probe does that waits for a service that hangs. */
export const EXEC_NEVER_ENDS: Fault = {
  summary: 'the probe never ends',
  script: String.raw`before_answer() { exec sleep 1000; }
`,
};
