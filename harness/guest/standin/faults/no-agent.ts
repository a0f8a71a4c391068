import type { Fault } from '../fault.ts';

/** The guest is well, and nothing opens the agent port. */
export const NO_AGENT: Fault = {
  summary: 'the guest comes up without its agent',
  script: String.raw`run_agent() { sleep 1000; }
`,
};
