/**
 * Stands where Windows has pnputil.exe and answers `/enum-devices` with `/connected`, `/problem <code>` and `/class`
 * from the guest's own /sys and from what the display driver left there. The text has the shape of the English
 * original; where nothing matches, its exit code 259 (ERROR_NO_MORE_ITEMS) is more than a Linux program can end with.
 *
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const PNPUTIL = String.raw`#!/bin/sh
wanted=
class=
[ "$1" = /enum-devices ] || exit 1
while [ $# -gt 0 ]; do
  case $1 in
    /problem) wanted=$2 ;;
    /class) class=$2 ;;
  esac
  shift
done
. /usr/lib/guest/hooks
. /usr/lib/guest/devices

line() { printf '%-28s%s\r\n' "$1:" "$2"; }

# as_block: the device whose variables are set, if its problem code is wanted
as_block() {
  [ -z "$wanted" ] || [ "$wanted" = "$code" ] || return 0
  line 'Instance ID' "$(instance)"
  line 'Device Description' 'code43 stand-in display'
  line 'Class Name' Display
  line 'Class GUID' '{4d36e968-e325-11ce-bfc1-08002be10318}'
  if [ "$code" = 0 ]; then
    line Status Started
  else
    line Status Problem
    line 'Problem Code' "$(printf '%d (0x%02X)' "$code" "$code")"
  fi
  line 'Driver Name' "$inf"
  printf '\r\n'
}

others() {
  for device in /sys/bus/pci/devices/*; do
    [ -r "$device/class" ] && read -r of_class <"$device/class" || continue
    case $of_class in 0x03*) continue ;; esac
    line 'Instance ID' "$(printf 'PCI\\VEN_%s&DEV_%s\\3&STANDIN&0&%s' "$(cut -c 3-6 "$device/vendor")" \
      "$(cut -c 3-6 "$device/device")" "$(basename "$device" | tr -d ':.')")"
    line Status Started
    printf '\r\n'
  done
}

found=$(each_display as_block; [ -n "$class$wanted" ] || others)
if [ -z "$found" ]; then
  printf 'Microsoft PnP Utility\r\n\r\nNo devices were found on the system.\r\n'
  exit 0
fi
printf 'Microsoft PnP Utility\r\n\r\n%s\n' "$found"
`;
