import type { Fault } from '../fault.ts';

/** Any problem code, from the first answer on. */
export const CODE: Fault = {
  summary: 'the device has the given problem code',
  argument: /^\d{1,3}$/,
  script: String.raw`device_state() { code=$fault_argument code_again=$fault_argument; }
`,
};
