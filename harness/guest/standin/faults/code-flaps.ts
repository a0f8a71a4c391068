import type { Fault } from '../fault.ts';

/** No two answers in a row say the same. */
export const CODE_FLAPS: Fault = {
  summary: 'code 43 in every other answer',
  script: String.raw`device_state() {
  if [ $((answer % 2)) = 1 ]; then code=43 code_again=43; fi
}
`,
};
