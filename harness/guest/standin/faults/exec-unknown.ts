import type { Fault } from '../fault.ts';

/** An agent of before 2.5, played by a shell: it answers syncs, and knows nothing else. */
export const EXEC_UNKNOWN: Fault = {
  summary: 'the agent does not know how to run programs',
  script: String.raw`run_agent() {
  port=/dev/virtio-ports/org.qemu.guest_agent.0
  while read -r request; do
    id=$(printf '%s' "$request" | sed -n 's/.*guest-sync-delimited.*"id": *\([0-9]*\).*/\1/p')
    name=$(printf '%s' "$request" | sed -n 's/.*"execute": *"\([a-z-]*\)".*/\1/p')
    if [ -n "$id" ]; then
      printf '\377{"return": %s}\n' "$id"
    else
      printf '{"error": {"class": "CommandNotFound", "desc": "The command %s has not been found"}}\n' "$name"
    fi
  done <>$port >&0
}
`,
};
