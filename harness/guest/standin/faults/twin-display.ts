import type { Fault } from '../fault.ts';

/** A healthy device of the same id at another address: it must not be taken for the one under test. */
export const TWIN_DISPLAY: Fault = {
  summary: 'another device has the id of the one under test and works',
  script: String.raw`more_displays() {
  code=0 code_again=0 bus=00 slot=05 fn=0
  "$1"
}
`,
};
