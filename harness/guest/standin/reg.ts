/**
 * Stands where Windows has reg.exe and answers `query` of the keys that the harness asks for, from the guest's own
 * state. Of the devices it names those that are there.
 *
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const REG = String.raw`#!/bin/sh
[ "$1" = query ] || exit 1
key=$2
. /usr/lib/guest/hooks
. /usr/lib/guest/devices

value() { printf '    %s    %s    %s\r\n' "$1" "$2" "$3"; }
head() { printf '\r\n%s\r\n' "$1"; }

as_service() { head "$key\\$(instance | cut -c 5-)"; value Service REG_SZ "$service"; }
as_driver() { head "$key\\0000"; value DriverVersion REG_SZ "$version"; }

case $key in
  *\\Setup\\State) head "$key"; value ImageState REG_SZ "$image" ;;
  *\\SYSTEM\\Setup)
    head "$key"
    value OOBEInProgress REG_DWORD "$(printf '0x%x' "$oobe")"
    value SystemSetupInProgress REG_DWORD "$(printf '0x%x' "$in_setup")"
    ;;
  *\\Enum\\PCI) each_display as_service ;;
  *\\Control\\Class\\*) each_display as_driver ;;
  *)
    printf 'ERROR: The system was unable to find the specified registry key or value.\r\n' >&2
    exit 1
    ;;
esac
`;
