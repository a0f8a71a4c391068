/**
 * Run as `efi-rom <file>` in the stand-in guest: exit code 0 if the file is an option ROM with an EFI image that UEFI
 * firmware of an x86-64 VM would start, else 1 and a line that says why not. It goes by what edk2's
 * PciOptionRomSupport.c looks at: 55 AA and PCIR of each image in the chain, and for code type 3 the EFI signature, a
 * driver's subsystem, bounds, compression, and a PE executable for x86-64. An EFI image that firmware would pass over
 * does not end the chain.
 *
 * Every offset is checked against the file's size; at most 64 images are looked at. POSIX sh with od.
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const EFI_ROM = String.raw`#!/bin/sh
rom=$1
size=$(wc -c <"$rom" | tr -d ' ')
image=0
images=0
why='there is no EFI image'

stop() { echo "$*"; exit 1; }

# bytes <offset> <count>: sets b0, b1, … to decimal values; fails beyond the end
bytes() {
  [ $(($1 + $2)) -le "$size" ] || return 1
  n=0
  for value in $(od -A n -v -t u1 -j "$1" -N "$2" "$rom"); do eval "b$n=$value"; n=$((n + 1)); done
}

# executable <offset> <end>: whether a PE executable for x86-64 begins there
executable() {
  pe=$1
  bytes "$pe" 2 || return 1
  if [ "$b0 $b1" = "77 90" ]; then
    bytes $((pe + 60)) 4 || return 1
    pe=$((pe + b0 + b1 * 256 + b2 * 65536 + b3 * 16777216))
  fi
  [ $((pe + 6)) -le "$2" ] && bytes "$pe" 6 && [ "$b0 $b1 $b2 $b3 $b4 $b5" = "80 69 0 0 100 134" ]
}

# runs <image> <length>: whether firmware would start this EFI image, whose header is in b0 to b27; else why not
runs() {
  why="the EFI image at byte $1"
  used=$(((b2 + b3 * 256) * 512))
  body=$((b22 + b23 * 256))
  compression=$((b12 + b13 * 256))
  machine=$((b10 + b11 * 256))
  [ "$b4 $b5 $b6 $b7" = "241 14 0 0" ] || { why="$why has no EFI signature"; return 1; }
  [ "$b8 $b9" = "11 0" ] || [ "$b8 $b9" = "12 0" ] || { why="$why is no driver"; return 1; }
  [ $used -le "$2" ] && [ $body -lt $used ] || { why="$why is not within its bounds"; return 1; }
  case $compression in
    0) executable $(($1 + body)) $(($1 + used)) || { why="$why has no executable for x86-64"; return 1; } ;;
    1)
      bytes $(($1 + body)) 4 && [ $((b0 + b1 * 256 + b2 * 65536 + b3 * 16777216 + 8)) -le $((used - body)) ] &&
        [ $machine = 34404 ] || { why="$why has no packed executable for x86-64"; return 1; }
      ;;
    *) why="$why is compressed in an unknown way"; return 1 ;;
  esac
}

while [ $images -lt 64 ]; do
  images=$((images + 1))
  bytes $image 28 || stop "$why, and the ROM ends at byte $size"
  [ "$b0 $b1" = "85 170" ] || stop "$why, and no 55 AA at byte $image"
  pcir=$((image + b24 + b25 * 256))
  [ $((b24 % 4)) = 0 ] || stop "$why, and PCIR is not aligned at byte $pcir"
  bytes $pcir 24 || stop "$why, and PCIR lies beyond the end at byte $pcir"
  [ "$b0 $b1 $b2 $b3" = "80 67 73 82" ] || stop "$why, and no PCIR at byte $pcir"
  length=$(((b16 + b17 * 256) * 512))
  type=$b20
  last=$((b21 / 128))
  [ $length -gt 0 ] || stop "$why, and an image of length 0 at byte $image"
  [ $((image + length)) -le "$size" ] || stop "the image at byte $image says $length bytes, but the ROM ends at byte $size"
  if [ $type = 3 ]; then
    bytes $image 28
    if runs $image $length; then exit 0; fi
  fi
  [ $last = 0 ] || stop "$why"
  image=$((image + length))
done
stop "$why in the first $images images"
`;
