/**
 * Stands where Windows has PowerShell. It takes the nonce out of the probe it is asked to run and answers the probe's
 * contract from the guest's own /sys and /proc and from what the display driver left there at this start. It runs
 * nothing of the script. Asked anything else, it fails as PowerShell does.
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

count=0
for device in /sys/bus/pci/devices/*; do [ ! -e "$device" ] || count=$((count + 1)); done
gpu=
for file in /run/display/*; do
  [ -r "$file" ] && read -r adapter <"$file" || continue
  [ -z "$gpu" ] || gpu=$gpu,
  gpu=$gpu$adapter
done

since() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }
boot=$(since "$(sed -n 's/^btime //p' /proc/stat)")
up=$(cut -d . -f 1 /proc/uptime)
json=$(printf '{"schema":1,"nonce":"%s","lang":"FullLanguage","os":{"edition":"code43-standin","display":"%s","type":1,"ui":"en-US","utc":"%s","boot":"%s","up":%d,"sid":"S-1-5-18","session":0,"x64":true},"setup":{"inSetup":0,"oobe":0,"image":"IMAGE_STATE_COMPLETE","fastStartup":0,"busy":[]},"pciCount":%d,"gpu":[' \
  "$nonce" "$(uname -r)" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$boot" "$up" "$count")
json=$json$gpu'],"err":[],"ms":0}'
length=$(printf '%s' "$json" | wc -c | tr -d ' ')
printf '@@IGPU1 %s\n%s\n@@END\n' "$length" "$json"
`;
