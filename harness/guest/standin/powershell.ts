/**
 * Stands where Windows has PowerShell. It takes the nonce out of the probe it is asked to run and answers the probe's
 * contract from the guest's own /sys and /proc and from what the display driver left there at this start. It runs
 * nothing of the script. Asked anything else, it fails as PowerShell does.
 *
 * The status flags are those Windows shows for a working device (DRIVER_LOADED, STARTED) and for one with a problem
 * (HAS_PROBLEM); cfg.h of the Windows SDK names the bits.
 *
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const POWERSHELL = String.raw`#!/bin/sh
script=
while [ $# -gt 0 ]; do
  if [ "$1" = -EncodedCommand ]; then script=$2; fi
  shift
done
nonce=$(printf '%s' "$script" | base64 -d 2>/dev/null | tr -d '\000\r' | sed -n "s/^\$nonce = '\([A-Za-z0-9]*\)'$/\1/p")
if [ -z "$nonce" ]; then
  echo 'This is a stand-in for PowerShell: it answers the code43 probe and nothing else.' >&2
  exit 1
fi

. /usr/lib/guest/hooks
answer=$((answer + 1))
echo $answer >/run/answers
. /usr/lib/guest/devices

frame() { printf '@@IGPU1 %s\n%s\n@@END\n' "$(printf '%s' "$1" | wc -c | tr -d ' ')" "$1"; }
doubled() { printf '%s' "$1" | sed 's/\\/\\\\/g'; }
number() { printf '%d' "0x$1"; }

# as_json: the device whose variables are set, after a comma where it is not the first
as_json() {
  if [ "$code" = 0 ]; then status=OK; else status=Error; fi
  if [ -z "$flags" ]; then
    if [ "$code" = 0 ]; then flags=0x0180200A; else flags=0x01802400; fi
  fi
  paths=
  [ "$bus" != 00 ] || paths=$(printf '"PCIROOT(0)#PCI(%s0%s)"' "$(echo "$slot" | tr a-f A-F)" "$fn")
  [ -z "$comma" ] || printf ,
  comma=yes
  printf '{"id":"%s","name":"code43 stand-in display","status":"%s","cm":%d,"present":true,"hw":["%s","%s"],' \
    "$(doubled "$(instance)")" "$status" "$code" "$(doubled "$full")" "$(doubled "$ids")"
  printf '"p":{"ProblemCode":%d,"ProblemStatus":"%s","DevNodeStatus":"%s",' "$code_again" "$problem_status" "$flags"
  printf '"Service":"%s","DriverProvider":"%s","DriverInfPath":"%s",' "$service" "$provider" "$inf"
  printf '"DriverVersion":"%s","DriverDate":"2025-01-01","GenericDriverInstalled":%s,' "$version" "$generic"
  printf '"LocationPaths":[%s],"BusNumber":%d,"Address":%d}}' "$paths" "$(number "$bus")" \
    $(($(number "$slot") * 65536 + fn))
}

before_answer
count=0
for device in /sys/bus/pci/devices/*; do [ ! -e "$device" ] || count=$((count + 1)); done
comma=
gpu=$(each_display as_json)

boot=$(date -u -d "@$(sed -n 's/^btime //p' /proc/stat)" +%Y-%m-%dT%H:%M:%SZ)
json=$(printf '{"schema":1,"nonce":"%s","lang":"FullLanguage","os":{"edition":"code43-standin","display":"%s","type":1,"ui":"en-US","utc":"%s","boot":"%s","up":%d,"sid":"S-1-5-18","session":0,"x64":true},"setup":{"inSetup":%d,"oobe":%d,"image":"%s","fastStartup":0,"busy":[%s]},"start":{"type":%d},"pciCount":%d,"gpu":[' \
  "$nonce" "$(uname -r)" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$boot" "$(seconds_up)" "$in_setup" "$oobe" "$image" "$busy" "$start_type" "$count")
show_answer "$json$gpu"'],"err":[],"ms":0}'
`;
