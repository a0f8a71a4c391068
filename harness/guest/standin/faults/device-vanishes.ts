import type { Fault } from '../fault.ts';

/** Taken out through sysfs. */
export const DEVICE_VANISHES: Fault = {
  summary: 'the device is taken out after that many answers',
  argument: /^\d{1,3}$/,
  script: String.raw`before_answer() {
  [ "$answer" -gt "$fault_argument" ] || return 0
  for entry in /run/display/*; do
    device=/sys/bus/pci/devices/$(basename "$entry")
    if [ -e "$device" ]; then echo 1 >"$device/remove"; fi
  done
}
`,
};
