/**
 * The Linux probe: POSIX sh, one run, one line of ASCII JSON in the same frame as the Windows probe
 * (docs/guests.md). It only reads `/proc` and `/sys`. Its first argument is the nonce.
 *
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const LINUX_PROBE = String.raw`LC_ALL=C
export LC_ALL
nonce=$1
plain() { tr -cd 'A-Za-z0-9 ._:/+()~-' | cut -c 1-120 | head -n 1; }
name=$(. /etc/os-release 2>/dev/null; printf '%s' "$PRETTY_NAME" | plain)
boot=$(plain </proc/sys/kernel/random/boot_id)
read -r up rest </proc/uptime
kernel=$(uname -r | plain)
count=0
shown=0
gpu=
for device in /sys/bus/pci/devices/*; do
  [ -r "$device/class" ] || continue
  count=$((count + 1))
  read -r class <"$device/class"
  case $class in 0x03*) ;; *) continue ;; esac
  [ "$shown" -lt 32 ] || continue
  shown=$((shown + 1))
  read -r vendor <"$device/vendor"
  read -r product <"$device/device"
  driver=null
  version=null
  if [ -e "$device/driver" ]; then
    driver=\"$(basename "$(readlink "$device/driver")" | plain)\"
    if [ -r "$device/driver/module/version" ]; then version=\"$(plain <"$device/driver/module/version")\"; fi
  fi
  [ -z "$gpu" ] || gpu=$gpu,
  gpu=$gpu$(printf '{"address":"%s","id":"%s:%s","driver":%s,"version":%s}' "$(basename "$device")" \
    "$(printf '%s' "$vendor" | cut -c 3-6)" "$(printf '%s' "$product" | cut -c 3-6)" "$driver" "$version")
done
json=$(printf '{"schema":1,"nonce":"%s","os":{"boot":"%s","up":%s,"kernel":"%s","name":"%s"},"pciCount":%s,"gpu":[%s],"err":[]}' \
  "$nonce" "$boot" "$up" "$kernel" "$name" "$count" "$gpu")
length=$(printf '%s' "$json" | wc -c | tr -d ' ')
printf '@@IGPU1 %s\n%s\n@@END\n' "$length" "$json"
`;
