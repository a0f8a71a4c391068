/**
 * Sourced by the stand-ins for Windows' programs: the display devices that the guest has at this moment, each as the
 * display driver left it at this start.
 *
 * `each_display <command>` runs the command once for each, with these variables: `code` and `code_again` (two readings
 * of the problem code), `problem_status`, `full` and `ids` (hardware ids), `bus`, `slot`, `fn` (hex), `service`,
 * `provider`, `inf`, `version`, `generic` (the driver), `flags` (empty: what belongs to the code).
 *
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const DEVICES = String.raw`image=IMAGE_STATE_COMPLETE
in_setup=0
oobe=0
busy=
start_type=0
guest_state

use_driver() {
  service=code43-standin
  provider='code43 stand-in'
  inf=standin.inf
  version=0.1.0.0
  generic=false
  problem_status=0x00000000
  flags=
}

each_display() {
  for file in /run/display/*; do
    # A device that was taken out since is in no list.
    [ -r "$file" ] && [ -e "/sys/bus/pci/devices/$(basename "$file")" ] || continue
    read -r code full ids bus slot fn <"$file"
    use_driver
    code_again=$code
    device_state
    "$1"
  done
  use_driver
  more_displays "$1"
}

# instance: prints the instance id of the device, as pnputil and the registry have it
instance() { printf '%s\\3&STANDIN&0&%s%s' "$full" "$slot" "$fn"; }
`;
