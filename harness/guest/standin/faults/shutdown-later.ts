import type { Fault } from '../fault.ts';

/** As a guest does whose user, or whose power plan, shuts it down. */
export const SHUTDOWN_LATER: Fault = {
  summary: 'the guest shuts itself down once it was asked twice',
  script: String.raw`before_answer() {
  echo x >>/run/asked
  if [ "$(wc -l </run/asked)" -ge 2 ]; then poweroff -f; fi
}
`,
};
