import type { Fault } from '../fault.ts';

/** ConfigManagerErrorCode and DEVPKEY_Device_ProblemCode contradict each other. */
export const OPINIONS_DIFFER: Fault = {
  summary: 'the two readings of the problem code disagree',
  script: String.raw`device_state() { code=43 code_again=0 flags=0x0180200A; }
`,
};
