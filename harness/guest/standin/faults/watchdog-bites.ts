import type { Fault } from '../fault.ts';

/**
 * Starts the watchdog i6300esb by its PCI config alone, with its faster clock: its two stages take a second each (QEMU
 * hw/watchdog/wdt_i6300esb.c: 0x60 is ESB_CONFIG_REG, 4 the clock; 0x68 is ESB_LOCK_REG, 2 the start).
 */
export const WATCHDOG_BITES: Fault = {
  summary: 'the guest hangs with its watchdog i6300esb started',
  script: String.raw`before_agent() {
  for device in /sys/bus/pci/devices/*; do
    read -r id <"$device/device"
    [ "$id" = 0x25ab ] || continue
    printf '\004\000' | dd of="$device/config" bs=2 seek=48 conv=notrunc 2>/dev/null
    printf '\002' | dd of="$device/config" bs=1 seek=104 conv=notrunc 2>/dev/null
  done
}
run_agent() { sleep 1000; }
`,
};
