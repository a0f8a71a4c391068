import type { Fault } from '../fault.ts';

/** qemu-ga -b: the commands it must not obey. */
export const EXEC_DISABLED: Fault = {
  summary: 'the agent is told not to run programs',
  script: String.raw`run_agent() {
  qemu-ga -m $method -p $agent -t /run -b guest-exec,guest-exec-status
}
`,
};
