import type { Fault } from '../fault.ts';

/** Code 43 for as many answers as the argument says, then none. */
export const CODE_CLEARS: Fault = {
  summary: 'code 43 that clears after that many answers',
  argument: /^\d{1,3}$/,
  script: String.raw`device_state() {
  if [ "$answer" -le "$fault_argument" ]; then code=43 code_again=43; fi
}
`,
};
