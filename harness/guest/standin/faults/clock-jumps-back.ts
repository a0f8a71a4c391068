import type { Fault } from '../fault.ts';

/** As a guest does that first takes the local time of the host for universal time. */
export const CLOCK_JUMPS_BACK: Fault = {
  summary: 'the clock is set back an hour once, after the first answer',
  script: String.raw`before_answer() {
  if [ -e /run/asked ] && [ ! -e /run/set ]; then
    date -s "@$(($(date +%s) - 3600))" >/dev/null
    touch /run/set
  fi
  touch /run/asked
}
`,
};
