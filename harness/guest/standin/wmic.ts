/**
 * Stands where Windows had wmic.exe and answers `path Win32_PnPEntity … get … /format:list` for the guest's PCI
 * devices, with wmic's line ends (`\r\r\n`) and its `&amp;`.
 *
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const WMIC = String.raw`#!/bin/sh
[ "$1 $2" = 'path Win32_PnPEntity' ] || exit 1
. /usr/lib/guest/hooks
. /usr/lib/guest/devices

# entity <id> <code> <service>
entity() {
  printf '\r\r\n\r\r\nConfigManagerErrorCode=%s\r\r\nPNPDeviceID=%s\r\r\nService=%s\r\r\n' "$2" \
    "$(printf '%s' "$1" | sed 's/&/\&amp;/g')" "$3"
}
as_entity() { entity "$(instance)" "$code" "$service"; }

each_display as_entity
for device in /sys/bus/pci/devices/*; do
  [ -r "$device/class" ] && read -r of_class <"$device/class" || continue
  case $of_class in 0x03*) continue ;; esac
  entity "$(printf 'PCI\\VEN_%s&DEV_%s\\3&STANDIN&0&%s' "$(cut -c 3-6 "$device/vendor")" \
    "$(cut -c 3-6 "$device/device")" "$(basename "$device" | tr -d ':.')")" 0 ''
done
printf '\r\r\n'
`;
