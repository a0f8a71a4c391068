import type { Fault } from '../fault.ts';

/** A guest that the device brings down: without it the same guest comes up. */
export const PANIC_WITH_DEVICE: Fault = {
  summary: 'the kernel panics where there is a display device, and only there',
  script: String.raw`before_agent() {
  for device in /sys/bus/pci/devices/*; do
    read -r class <"$device/class"
    case $class in 0x03*) echo c >/proc/sysrq-trigger ;; esac
  done
}
`,
};
