/** The word of the kernel's command line that chooses a fault: `code43.fault=<name>[=<argument>]`. The kernel ignores it. */
export const FAULT_WORD = 'code43.fault=';

/**
 * The word that says which ids the device under test has on its host, `code43.igpu=8086:46d1`: a device that is passed
 * keeps them, the emulated one in its place has QEMU's.
 */
export const IGPU_WORD = 'code43.igpu=';

/** Where the guest keeps the scripts of its faults; none is there in an image that has no faults. */
export const FAULTS_DIR = 'usr/lib/guest/faults';

/**
 * Sourced by `/init` and the stand-ins for Windows' programs: the places at which a fault may do something else. Each
 * function here is what a healthy guest does; the script of the chosen fault redefines some.
 *
 * - `before_driver`: in `/init`, before the display driver examines the devices;
 * - `before_agent`: in `/init`, once, when the agent's port is there;
 * - `run_agent`: in `/init`, the agent itself; called again when it returns;
 * - `before_answer`: in the stand-in for PowerShell, before the probe is answered; it may exit;
 * - `show_answer <json>`: in the stand-in for PowerShell: prints the answer;
 * - `guest_state`: wherever Windows is asked how it does: may change `image`, `in_setup`, `oobe`, `busy` (JSON strings
 *   parted by commas) and `start_type`;
 * - `device_state`: for each display device: may change the variables that `devices` sets;
 * - `more_displays <command>`: after the last display device: may set those variables and run the command once more.
 *
 * `answer` counts the answers of this start from 1, `fault_argument` is the argument of the fault, `age` prints the seconds since the agent's port was there.
 *
 * No backquote and no dollar-brace of the shell may stand in it: it is a template string here.
 */
export const HOOKS = String.raw`before_driver() { :; }
before_agent() { :; }
run_agent() { qemu-ga -m $method -p $agent -t /run; }
before_answer() { :; }
show_answer() { frame "$1"; }
guest_state() { :; }
device_state() { :; }
more_displays() { :; }

seconds_up() { cut -d . -f 1 /proc/uptime; }
age() { echo $(($(seconds_up) - $(cat /run/agent-since))); }

answer=$(cat /run/answers 2>/dev/null || echo 0)
fault=
fault_argument=
for word in $(cat /proc/cmdline); do
  case $word in
    ${FAULT_WORD}*)
      fault=$(printf '%s' "$word" | cut -d = -f 2 | tr -cd 'a-z0-9-')
      fault_argument=$(printf '%s' "$word" | cut -d = -f 3 | tr -cd 'A-Za-z0-9.-')
      ;;
  esac
done
if [ -n "$fault" ] && [ -r "/${FAULTS_DIR}/$fault" ]; then . "/${FAULTS_DIR}/$fault"; fi
`;
