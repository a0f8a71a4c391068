import type { Fault } from '../fault.ts';

/** The end of the answer is lost on the way. */
export const TRUNCATED_ANSWER: Fault = {
  summary: 'the answer is cut in the middle',
  script: String.raw`show_answer() { frame "$1" | head -c 500; }
`,
};
