import type { Fault } from '../fault.ts';

/** What Windows falls back to: the service BasicDisplay from display.inf, which reports code 0. */
export const BASIC_DISPLAY: Fault = {
  summary: 'the Microsoft Basic Display driver runs the device',
  script: String.raw`device_state() {
  code=0 code_again=0 service=BasicDisplay provider=Microsoft inf=display.inf version=10.0.26100.1 generic=true
}
`,
};
