import type { Fault } from '../fault.ts';

/** As a guest does that has installed updates, or that restarts after a bugcheck. */
export const REBOOT_LATER: Fault = {
  summary: 'the guest restarts itself once it was asked twice',
  script: String.raw`before_answer() {
  echo x >>/run/asked
  if [ "$(wc -l </run/asked)" -ge 2 ]; then reboot -f; fi
}
`,
};
