/**
 * The stand-in's display driver and its device manager, run once at each start of the guest. For every display-class
 * PCI device it reads the option ROM that the device really has, through sysfs, and leaves below `/run/display` what
 * Windows would say of the device: problem code 0 where `efi-rom` finds an image that firmware would start, else 43.
 * A ROM that the kernel refuses to read is no ROM.
 *
 * The status flags are those Windows shows for a working device (DRIVER_LOADED, STARTED) and for one with a problem
 * (HAS_PROBLEM); cfg.h of the Windows SDK names the bits.
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
number() { printf '%d' "0x$1"; }

# describe <device> <code>: the device as the probe's answer has it
describe() {
  name=$(basename "$1")
  bus=$(printf '%s' "$name" | cut -c 6-7)
  slot=$(printf '%s' "$name" | cut -c 9-10 | tr a-f A-F)
  fn=$(printf '%s' "$name" | cut -c 12)
  ids=$(printf 'PCI\\\\VEN_%s&DEV_%s&SUBSYS_%s%s' "$(hex "$1/vendor")" "$(hex "$1/device")" \
    "$(hex "$1/subsystem_device")" "$(hex "$1/subsystem_vendor")")
  full="$ids&REV_$(hex "$1/revision")"
  paths=
  [ "$bus" != 00 ] || paths=$(printf '"PCIROOT(0)#PCI(%s0%s)"' "$slot" "$fn")
  if [ "$2" = 0 ]; then status=OK flags=0x0180200A; else status=Error flags=0x01802400; fi
  printf '{"id":"%s\\\\3&STANDIN&0&%s%s","name":"code43 stand-in display","status":"%s","cm":%d,"present":true,"hw":["%s","%s"],' \
    "$full" "$slot" "$fn" "$status" "$2" "$full" "$ids"
  printf '"p":{"ProblemCode":%d,"ProblemStatus":"0x00000000","DevNodeStatus":"%s",' "$2" "$flags"
  printf '"Service":"code43-standin","DriverProvider":"code43 stand-in","DriverInfPath":"standin.inf",'
  printf '"DriverVersion":"0.1.0.0","DriverDate":"2025-01-01","GenericDriverInstalled":false,'
  printf '"LocationPaths":[%s],"BusNumber":%d,"Address":%d}}\n' "$paths" "$(number "$bus")" \
    $(($(number "$slot") * 65536 + fn))
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
