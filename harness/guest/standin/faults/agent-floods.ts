import type { Fault } from '../fault.ts';

/** Lines that look like answers, as fast as the port takes them. */
export const AGENT_FLOODS: Fault = {
  summary: 'the agent sends without end what nobody asked for',
  script: String.raw`run_agent() { yes '{"return": {}}' >/dev/virtio-ports/org.qemu.guest_agent.0; }
`,
};
