import type { Fault } from '../fault.ts';

/** Taken out through sysfs before the display driver looks. */
export const DEVICE_ABSENT: Fault = {
  summary: 'the device under test is not in the guest',
  script: String.raw`before_driver() {
  for device in /sys/bus/pci/devices/*; do
    read -r class <"$device/class"
    case $class in 0x03*) echo 1 >"$device/remove" ;; esac
  done
}
`,
};
