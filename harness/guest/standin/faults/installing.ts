import type { Fault } from '../fault.ts';

/** A driver is being installed while that many answers are given. */
export const INSTALLING: Fault = {
  summary: 'an installer runs for that many answers',
  argument: /^\d{1,3}$/,
  script: String.raw`guest_state() {
  if [ "$answer" -le "$fault_argument" ]; then busy='"drvinst"'; fi
}
`,
};
