import type { Fault } from '../fault.ts';

/** The probe takes that many seconds for each answer. */
export const SLOW_PROBE: Fault = {
  summary: 'the probe answers late',
  argument: /^\d{1,2}$/,
  script: String.raw`before_answer() { sleep "$fault_argument"; }
`,
};
