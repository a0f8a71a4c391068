import type { Fault } from '../fault.ts';

/** An answer to another question, as from before a restart. */
export const WRONG_NONCE: Fault = {
  summary: 'the answer carries the nonce of another question',
  script: String.raw`before_answer() { nonce=another0question; }
`,
};
