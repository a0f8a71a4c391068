import type { Fault } from '../fault.ts';

/** Code 43 comes that many seconds after the agent, as Windows may report it at any time after a start. */
export const CODE_LATE: Fault = {
  summary: 'code 43 that comes after that many seconds',
  argument: /^\d{1,3}$/,
  script: String.raw`device_state() {
  if [ "$(age)" -ge "$fault_argument" ]; then code=43 code_again=43; fi
}
`,
};
