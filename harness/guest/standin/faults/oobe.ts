import type { Fault } from '../fault.ts';

/** Windows waits for the first-start questions to be answered. */
export const OOBE: Fault = {
  summary: 'set-up never ends: the first-start questions are open',
  script: String.raw`guest_state() { image=IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE oobe=1; }
`,
};
