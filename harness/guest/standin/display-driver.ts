import { IGPU_WORD } from './hooks.ts';

/**
 * The stand-in's display driver and its device manager, run once at each start of the guest. For every display-class
 * PCI device it reads the option ROM that the device really has, through sysfs, and leaves below `/run/display` which
 * device it is and its problem code: 0 where `efi-rom` finds an image that firmware would start, else 43. A ROM that
 * the kernel refuses to read is no ROM. Where the kernel's command line gives the ids of the host's device, the emulated
 * one in its place (a display that is no VGA) goes by them.
 *
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const DISPLAY_DRIVER = String.raw`#!/bin/sh
# examine <device>: sets code, and why where it is not 0
examine() {
  code=43
  copy=/run/display/rom
  : >"$copy"
  if [ -e "$1/rom" ] && echo 1 >"$1/rom"; then
    dd if="$1/rom" of="$copy" bs=65536 count=256 2>/dev/null
    echo 0 >"$1/rom"
  fi
  if why=$(efi-rom "$copy"); then code=0; fi
  [ -s "$copy" ] || why='the device shows no option ROM'
  rm -f "$copy"
}

hex() { tr -d '\n' <"$1" | cut -c 3- | tr a-f A-F; }

igpu=
for word in $(cat /proc/cmdline); do
  case $word in ${IGPU_WORD}????:????) igpu=$(printf '%s' "$word" | cut -d = -f 2 | tr a-f A-F) ;; esac
done

# describe <device> <code>: the line that devices reads: code, hardware ids, bus, slot, function
describe() {
  name=$(basename "$1")
  vendor=$(hex "$1/vendor")
  product=$(hex "$1/device")
  if [ -n "$igpu" ] && grep -q '^0x0380' "$1/class"; then
    vendor=$(echo "$igpu" | cut -d : -f 1)
    product=$(echo "$igpu" | cut -d : -f 2)
  fi
  ids=$(printf 'PCI\\VEN_%s&DEV_%s&SUBSYS_%s%s' "$vendor" "$product" \
    "$(hex "$1/subsystem_device")" "$(hex "$1/subsystem_vendor")")
  printf '%s %s&REV_%s %s %s %s %s\n' "$2" "$ids" "$(hex "$1/revision")" "$ids" \
    "$(echo "$name" | cut -c 6-7)" "$(echo "$name" | cut -c 9-10)" "$(echo "$name" | cut -c 12)"
}

mkdir -p /run/display
for device in /sys/bus/pci/devices/*; do
  read -r class <"$device/class"
  case $class in 0x03*) ;; *) continue ;; esac
  examine "$device"
  describe "$device" "$code" >"/run/display/$(basename "$device")"
  echo "display-driver: $(basename "$device"): problem code $code $why" >/dev/console
done
`;
