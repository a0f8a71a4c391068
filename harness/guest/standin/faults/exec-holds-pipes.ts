import type { Fault } from '../fault.ts';

/** To the agent such a program has not exited (QEMU qga/commands.c waits for the end of its output). */
export const EXEC_HOLDS_PIPES: Fault = {
  summary: 'the probe ends, but a child of it holds its output open',
  script: String.raw`before_answer() { sleep 1000 & exit 0; }
`,
};
