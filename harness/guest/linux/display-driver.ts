/**
 * The Linux guest's stand-in for a display driver, run once at each start: it binds uio_pci_generic to every
 * display-class PCI device, because Debian's cloud kernel has no display driver for an emulated device. It does not
 * look at the option ROM, as Linux drivers do not need one.
 *
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const DISPLAY_DRIVER = String.raw`#!/bin/sh
for device in /sys/bus/pci/devices/*; do
  read -r class <"$device/class"
  case $class in 0x03*) ;; *) continue ;; esac
  echo uio_pci_generic >"$device/driver_override"
  basename "$device" >/sys/bus/pci/drivers_probe
done
`;
