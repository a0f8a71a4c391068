import type { Fault } from '../fault.ts';

/** As the kernel does to a program when memory is short. */
export const EXEC_KILLED: Fault = {
  summary: 'the probe is ended by a signal',
  script: String.raw`before_answer() { kill -9 $$; }
`,
};
