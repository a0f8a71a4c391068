import type { Fault } from '../fault.ts';

/** A loop of whole boots, some seconds each. */
export const REBOOT_LOOP: Fault = {
  summary: 'the guest restarts itself before its agent starts, every time',
  script: String.raw`before_agent() { reboot -f; }
`,
};
