import type { Fault } from '../fault.ts';

/** The same answer twice: the last one counts. */
export const DOUBLED_ANSWER: Fault = {
  summary: 'the answer comes twice',
  script: String.raw`show_answer() { frame "$1"; frame "$1"; }
`,
};
