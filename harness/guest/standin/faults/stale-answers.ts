import type { Fault } from '../fault.ts';

/** The first answer is to no question at all. */
export const STALE_ANSWERS: Fault = {
  summary: 'the probe answers the question before',
  script: String.raw`before_answer() {
  asked=$nonce
  nonce=$(cat /run/nonce 2>/dev/null || echo nobody0asked)
  echo "$asked" >/run/nonce
}
`,
};
