import type { Fault } from '../fault.ts';

/** Event 27 of Kernel-Boot says that the kernel was woken: BootType 1. */
export const HYBRID_START: Fault = {
  summary: 'Windows started by fast start-up',
  script: String.raw`guest_state() { start_type=1; }
`,
};
