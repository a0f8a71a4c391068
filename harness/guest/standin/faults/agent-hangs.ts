import type { Fault } from '../fault.ts';

/** A hung service: it holds its port and answers nothing. */
export const AGENT_HANGS: Fault = {
  summary: 'the agent is stopped once it was asked twice, with its port open',
  script: String.raw`before_answer() {
  echo x >>/run/asked
  if [ "$(wc -l </run/asked)" -ge 2 ]; then killall -STOP qemu-ga; fi
}
`,
};
