import type { Fault } from '../fault.ts';

/** The guest numbers the device one slot further than the VM config puts it. */
export const DEVICE_ELSEWHERE: Fault = {
  summary: 'the device has another address in the guest',
  script: String.raw`device_state() { slot=03; }
`,
};
