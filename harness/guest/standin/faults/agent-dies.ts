import type { Fault } from '../fault.ts';

/** The guest is well without it: its port is closed. */
export const AGENT_DIES: Fault = {
  summary: 'the agent is killed once it was asked twice, and stays away',
  script: String.raw`before_answer() {
  echo x >>/run/asked
  if [ "$(wc -l </run/asked)" -ge 2 ]; then touch /run/dead; killall -9 qemu-ga; fi
}
run_agent() {
  if [ -e /run/dead ]; then sleep 1000; fi
  qemu-ga -m $method -p $agent -t /run
}
`,
};
