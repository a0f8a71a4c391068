import type { Fault } from '../fault.ts';

/** Problem code 0, but the status flags lack DN_STARTED (cfg.h: 0x8). */
export const NOT_STARTED: Fault = {
  summary: 'the driver is loaded and the device not started',
  script: String.raw`device_state() { flags=0x01802002; }
`,
};
