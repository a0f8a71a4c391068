/**
 * The stand-in's display driver, run once at each start of the guest: for every display-class PCI device it reads the
 * option ROM that the device really has, through sysfs, and leaves the problem code below `/run/display`:
 * 0 where `efi-rom` finds an EFI image in it, else 43. A ROM that the kernel refuses to read is no ROM.
 *
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const DISPLAY_DRIVER = String.raw`#!/bin/sh
mkdir -p /run/display
for device in /sys/bus/pci/devices/*; do
  read -r class <"$device/class"
  case $class in 0x03*) ;; *) continue ;; esac
  name=$(basename "$device")
  copy=/run/display/$name.rom
  code=43
  : >"$copy"
  if [ -e "$device/rom" ] && echo 1 >"$device/rom"; then
    dd if="$device/rom" of="$copy" bs=65536 count=256 2>/dev/null
    echo 0 >"$device/rom"
  fi
  if why=$(efi-rom "$copy"); then code=0; fi
  [ -s "$copy" ] || why="the device shows no option ROM"
  echo "$code" >"/run/display/$name"
  rm -f "$copy"
  echo "display-driver: $name: problem code $code $why" >/dev/console
done
`;
