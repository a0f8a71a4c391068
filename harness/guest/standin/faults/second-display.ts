import type { Fault } from '../fault.ts';

/** A healthy display device of another id with a generic driver. */
export const SECOND_DISPLAY: Fault = {
  summary: 'another display device is beside the one under test',
  script: String.raw`more_displays() {
  code=0 code_again=0 full='PCI\VEN_1013&DEV_00B8&SUBSYS_11001AF4&REV_00' ids='PCI\VEN_1013&DEV_00B8&SUBSYS_11001AF4'
  bus=00 slot=01 fn=0 service=BasicDisplay provider=Microsoft inf=display.inf generic=true
  "$1"
}
`,
};
