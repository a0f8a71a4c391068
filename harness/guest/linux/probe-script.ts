/**
 * The Linux probe: POSIX sh, one run, one line of ASCII JSON in the same frame as the Windows probe
 * (docs/guests.md). It only reads: `/proc`, `/sys`, the kernel's log, and what `vainfo` says where that is installed.
 * Its first argument is the nonce.
 *
 * Facts it rests on: a bound driver is a link in sysfs from before its probe until it is unbound (Linux
 * drivers/base/dd.c, really_probe), its nodes are below `drm/` of the device (drivers/gpu/drm/drm_sysfs.c), and i915
 * tells in debugfs whether it gave rendering up (drivers/gpu/drm/i915/i915_debugfs.c; what older kernels have there
 * counts resets). `vainfo` says `vainfo: Driver version: ` and a line `VAProfile…: VAEntrypoint…` for each thing it
 * can do, and aborts where it can open nothing (libva-utils, vainfo/vainfo.c, common/va_display.c).
 *
 * A program that waits for a GPU that hangs cannot even be killed, so nothing here waits for `vainfo` itself, only
 * for the pipe that it writes to, 5 s a device and two devices at most, and none is started while one still runs.
 *
 * Each program that it starts costs a guest under emulation some 20 ms, so the shell does what it can itself.
 *
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const LINUX_PROBE = String.raw`LC_ALL=C
PATH=$PATH:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
nonce=$1
plain() { tr -cd 'A-Za-z0-9 ._:/+()~-' | cut -c 1-120 | head -n 1; }
text() {
  case $1 in
    *[!A-Za-z0-9\ ._:/+\(\)~-]*) printf '"%s"' "$(printf '%s' "$1" | plain)" ;;
    *) printf '"%.120s"' "$1" ;;
  esac
}
err=
failed() {
  [ -z "$err" ] || err=$err,
  err=$err$(text "$1")
}

# drm <device>: sets card and render, the names of its nodes, empty where it has none
drm() {
  card=
  render=
  for node in "$1"/drm/*[0-9]; do
    [ -e "$node" ] || continue
    node=$(basename "$node")
    case $node in
      *[!A-Za-z0-9]*) ;;
      card[0-9]*) [ -n "$card" ] || card=$node ;;
      renderD[0-9]*) [ -n "$render" ] || render=$node ;;
    esac
  done
}
drm_json() {
  there=null
  if [ -n "$render" ]; then
    there=false
    [ ! -c "/dev/dri/$render" ] || there=true
  fi
  wedged=null
  state=
  [ -z "$card" ] || state=/sys/kernel/debug/dri/$(printf '%s' "$card" | cut -c 5-)/i915_wedged
  if [ -r "$state" ]; then
    case $(uname -r):$(head -c 20 "$state") in
      [0-4].*) ;;
      *:0) wedged=false ;;
      *:[1-9]*) wedged=true ;;
    esac
  fi
  printf '{"card":%s,"render":%s,"there":%s,"wedged":%s}' "$(or_null "$card")" "$(or_null "$render")" $there $wedged
}
or_null() { if [ -n "$1" ]; then text "$1"; else printf null; fi; }

# va <render node>: what vainfo says of it
va() {
  driver=null
  profiles=null
  why=null
  if ! command -v vainfo >/dev/null 2>&1; then
    state=absent
  elif ! command -v timeout >/dev/null 2>&1 || grep -lxs vainfo /proc/[0-9]*/comm | grep -q .; then
    state=unasked
  else
    said=$({
      { timeout -s KILL 4 vainfo --display drm --device "/dev/dri/$1"; echo "vainfo ended: $?"; } </dev/null 2>&1 &
    } | timeout -s KILL 5 head -c 40000)
    state=failed
    case $(printf '%s\n' "$said" | sed -n 's/^vainfo ended: //p') in
      0) state=works ;;
      '' | 137) state=silent ;;
    esac
    profiles=$(printf '%s\n' "$said" | sed -n 's/^ *\(VAProfile[A-Za-z0-9_]*\)[[:space:]]*:.*/\1/p' | sort -u | wc -l | tr -cd 0-9)
    driver=$(or_null "$(printf '%s\n' "$said" | sed -n 's/^vainfo: Driver version: *//p' | plain)")
    [ "$profiles" != 0 ] || [ $state != works ] || state=failed
    [ $state != failed ] || why=$(or_null "$(printf '%s\n' "$said" | grep -iE 'fail|error|cannot|no such' | tail -n 1)")
  fi
  printf '{"state":"%s","driver":%s,"profiles":%s,"why":%s}' $state "$driver" "$profiles" "$why"
}

name=$(. /etc/os-release 2>/dev/null; printf '%s' "$PRETTY_NAME")
boot=
[ ! -r /proc/sys/kernel/random/boot_id ] || read -r boot </proc/sys/kernel/random/boot_id
kernel=$(uname -r)
count=0
shown=0
asked=0
gpu=
whose='i915|\[drm|nomodeset|unavailable key|(^|[^A-Za-z0-9_])xe([^A-Za-z0-9_]|$)'
for device in /sys/bus/pci/devices/*; do
  [ -r "$device/class" ] || continue
  count=$((count + 1))
  read -r class <"$device/class"
  case $class in 0x03*) ;; *) continue ;; esac
  [ "$shown" -lt 32 ] || continue
  shown=$((shown + 1))
  address=$(basename "$device")
  vendor=
  product=
  [ ! -r "$device/vendor" ] || IFS=x read -r zero vendor <"$device/vendor"
  [ ! -r "$device/device" ] || IFS=x read -r zero product <"$device/device"
  case $vendor:$product in
    ????:????) ;;
    *) failed "pci: $address does not tell its id"; continue ;;
  esac
  whose="$whose|$address"
  driver=null
  version=null
  if [ -e "$device/driver" ]; then
    driver=$(text "$(basename "$(readlink "$device/driver")")")
    if [ -r "$device/driver/module/version" ]; then
      read -r version <"$device/driver/module/version"
      version=$(text "$version")
    fi
  fi
  drm "$device"
  va=null
  if [ -n "$render" ] && [ "$asked" -lt 2 ]; then
    asked=$((asked + 1))
    va=$(va "$render")
  fi
  [ -z "$gpu" ] || gpu=$gpu,
  gpu=$gpu$(printf '{"address":"%s","id":"%s:%s","driver":%s,"version":%s,"drm":%s,"va":%s}' "$address" \
    "$vendor" "$product" "$driver" "$version" "$(drm_json)" "$va")
done

# What the kernel complains of: lines that name a display device or a driver for one, the first 20 and the last 20.
complains='error|fail|fault|timed out|timeout|hang|hung|wedged|invalid|unknown symbol|supported|warning:|non-operational|unable|cannot|could not|conflict|nomodeset|rejected|outside stolen|missing|not found|denied|bug:|initialized'
from=dmesg
if ! said=$(dmesg 2>/dev/null); then
  from=journal
  said=$(journalctl -k -b -q --no-pager -n 20000 -o short-monotonic 2>/dev/null) || from=
  said=$(printf '%s\n' "$said" | sed 's/^\(\[[ 0-9.]*\]\) [^ ]* kernel: /\1 /')
fi
log=null
if [ -z "$from" ] || [ -z "$said" ]; then
  failed 'log: neither dmesg nor journalctl shows the kernel log'
else
  case $said in *'Linux version '*) whole=true ;; *) whole=false ;; esac
  said=$(printf '%s\n' "$said" | tr -cd '\n -~' | tr '"\\' "'/" | grep -iE "$whose" | grep -iE "$complains" | grep -v 'Command line: ' | cut -c 1-200)
  matched=0
  lines=
  if [ -n "$said" ]; then
    matched=$(printf '%s\n' "$said" | wc -l | tr -cd 0-9)
    lines=$({ printf '%s\n' "$said" | sed -n 1,20p; printf '%s\n' "$said" | sed 1,20d | tail -n 20; } | sed 's/.*/"&"/; $!s/$/,/' | tr -d '\n')
  fi
  log=$(printf '{"from":"%s","whole":%s,"count":%s,"lines":[%s]}' $from $whole "$matched" "$lines")
fi

read -r up rest </proc/uptime
json=$(printf '{"schema":1,"nonce":"%s","os":{"boot":%s,"up":%s,"kernel":%s,"name":%s},"pciCount":%s,"gpu":[%s],"log":%s,"err":[%s]}' \
  "$nonce" "$(text "$boot")" "$up" "$(text "$kernel")" "$(text "$name")" "$count" "$gpu" "$log" "$err")
printf '@@IGPU1 %s\n%s\n@@END\n' $(($(printf '%s' "$json" | wc -c))) "$json"
`;
