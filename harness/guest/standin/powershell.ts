/**
 * Stands where Windows has PowerShell. It takes the nonce out of the probe it is asked to run and answers the probe's
 * contract from the guest's own /sys and /proc and from what the display driver left. It runs nothing of the script.
 * Asked anything else, it fails as PowerShell does.
 *
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const POWERSHELL = String.raw`#!/bin/sh
script=
while [ $# -gt 0 ]; do
  if [ "$1" = -EncodedCommand ]; then script=$2; fi
  shift
done
nonce=$(printf '%s' "$script" | base64 -d 2>/dev/null | tr -d '\000\r' | sed -n "s/^\$nonce = '\([A-Za-z0-9]*\)'$/\1/p" | head -n 1)
if [ -z "$nonce" ]; then
  echo 'This is a stand-in for PowerShell: it answers the code43 probe and nothing else.' >&2
  exit 1
fi

upper() { tr -d '\n' <"$1" | cut -c 3-6 | tr a-f A-F; }
number() { printf '%d' "0x$1"; }

count=0
gpu=
for device in /sys/bus/pci/devices/*; do
  count=$((count + 1))
  read -r class <"$device/class"
  case $class in 0x03*) ;; *) continue ;; esac
  name=$(basename "$device")
  code=
  if [ -r "/run/display/$name" ]; then read -r code <"/run/display/$name"; fi
  flags=0x01802400
  status=Error
  [ -n "$code" ] || code=28
  if [ "$code" = 0 ]; then flags=0x0180200A status=OK; fi
  bus=$(number "$(printf '%s' "$name" | cut -c 6-7)")
  slot=$(printf '%s' "$name" | cut -c 9-10)
  fn=$(printf '%s' "$name" | cut -c 12)
  paths=
  if [ "$bus" = 0 ]; then paths=$(printf '"PCIROOT(0)#PCI(%s%02d)"' "$(printf '%s' "$slot" | tr a-f A-F)" "$fn"); fi
  read -r revision <"$device/revision"
  ids=$(printf 'PCI\\\\VEN_%s&DEV_%s&SUBSYS_%s%s' "$(upper "$device/vendor")" "$(upper "$device/device")" \
    "$(upper "$device/subsystem_device")" "$(upper "$device/subsystem_vendor")")
  rev=REV_$(printf '%s' "$revision" | cut -c 3-4 | tr a-f A-F)
  driver='"Service":"code43-standin","DriverProvider":"code43 stand-in","DriverInfPath":"standin.inf","DriverVersion":"0.1.0.0","DriverDate":"2025-01-01","GenericDriverInstalled":false,'
  [ "$code" != 28 ] || driver=
  [ -z "$gpu" ] || gpu=$gpu,
  gpu=$gpu$(printf '{"id":"%s&%s\\\\3&STANDIN&0&%s%s","name":"code43 stand-in display","status":"%s","cm":%d,"present":true,"hw":["%s&%s","%s"],"p":{%s"ProblemCode":%d,"ProblemStatus":"0x00000000","DevNodeStatus":"%s","LocationPaths":[%s],"BusNumber":%d,"Address":%d}}' \
    "$ids" "$rev" "$slot" "$fn" "$status" "$code" "$ids" "$rev" "$ids" "$driver" "$code" "$flags" "$paths" "$bus" \
    $(($(number "$slot") * 65536 + fn)))
done

since() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }
boot=$(since "$(sed -n 's/^btime //p' /proc/stat)")
read -r up rest </proc/uptime
up=$(printf '%s' "$up" | cut -d . -f 1)
json=$(printf '{"schema":1,"nonce":"%s","lang":"FullLanguage","os":{"edition":"code43-standin","display":"%s","type":1,"ui":"en-US","utc":"%s","boot":"%s","up":%d,"sid":"S-1-5-18","session":0,"x64":true},"setup":{"inSetup":0,"oobe":0,"image":"IMAGE_STATE_COMPLETE","fastStartup":0,"busy":[]},"pciCount":%d,"gpu":[' \
  "$nonce" "$(uname -r)" "$(since "$(date +%s)")" "$boot" "$up" "$count")
json=$json$gpu'],"err":[],"ms":0}'
length=$(printf '%s' "$json" | wc -c | tr -d ' ')
printf '@@IGPU1 %s\n%s\n@@END\n' "$length" "$json"
`;
