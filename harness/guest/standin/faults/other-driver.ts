import type { Fault } from '../fault.ts';

/** As after an update has put another driver in the place of the expected one. */
export const OTHER_DRIVER: Fault = {
  summary: 'another driver than the expected one runs the device',
  script: String.raw`device_state() { service=another provider='another vendor' inf=oem7.inf version=9.9.9.9; }
`,
};
