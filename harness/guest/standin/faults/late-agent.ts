import type { Fault } from '../fault.ts';

/** Late, but within its deadline. */
export const LATE_AGENT: Fault = {
  summary: 'the agent starts seconds late',
  script: String.raw`before_agent() { sleep 4; }
`,
};
