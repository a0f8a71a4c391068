import type { Fault } from '../fault.ts';

/** It ends well and says nothing. */
export const EXEC_SILENT: Fault = {
  summary: 'the probe prints nothing',
  script: String.raw`before_answer() { exit 0; }
`,
};
