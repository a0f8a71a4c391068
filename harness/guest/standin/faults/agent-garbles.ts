import type { Fault } from '../fault.ts';

/** Every request is heard, and every answer is cut off in the middle. */
export const AGENT_GARBLES: Fault = {
  summary: 'the agent answers in broken JSON',
  script: String.raw`run_agent() {
  port=/dev/virtio-ports/org.qemu.guest_agent.0
  while read -r request; do printf '{"return": {"pid": \n'; done <>$port >&0
}
`,
};
