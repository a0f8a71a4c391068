import type { Fault } from '../fault.ts';

/** Linux: "Kernel panic - not syncing: sysrq triggered crash" (drivers/tty/sysrq.c). */
export const KERNEL_PANIC: Fault = {
  summary: 'the kernel panics before the agent starts',
  script: String.raw`before_agent() { echo c >/proc/sysrq-trigger; }
`,
};
