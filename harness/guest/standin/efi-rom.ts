/**
 * Run as `efi-rom <file>` in the stand-in guest: exit code 0 if the file is an option ROM with an EFI image that
 * firmware would start, else 1 and one line that says why not. It walks the chain of images as PCI Firmware
 * Specification 3 describes it: 55 AA, the PCIR structure, length and code type of each image, and for code type 3
 * the EFI signature, a driver's subsystem, and a PE image that begins within the image's bounds.
 *
 * Every offset is checked against the file's size; at most 64 images are looked at. POSIX sh with od.
 * No backquote and no dollar-brace may stand in it: it is a template string here.
 */
export const EFI_ROM = String.raw`#!/bin/sh
rom=$1
size=$(wc -c <"$rom" | tr -d ' ')
image=0
images=0

refuse() { echo "$*"; exit 1; }

# bytes <offset> <count>: sets b0, b1, … to decimal values
bytes() {
  [ $(($1 + $2)) -le "$size" ] || refuse "the ROM ends before byte $(($1 + $2)), it has $size"
  n=0
  for value in $(od -A n -v -t u1 -j "$1" -N "$2" "$rom"); do eval "b$n=$value"; n=$((n + 1)); done
}

while [ $images -lt 64 ]; do
  images=$((images + 1))
  bytes $image 28
  [ $b0 = 85 ] && [ $b1 = 170 ] || refuse "no 55 AA at byte $image"
  signature=$((b4 + b5 * 256 + b6 * 65536 + b7 * 16777216))
  subsystem=$((b8 + b9 * 256))
  compression=$((b12 + b13 * 256))
  pe=$((b22 + b23 * 256))
  pcir=$((b24 + b25 * 256))
  bytes $((image + pcir)) 24
  [ "$b0 $b1 $b2 $b3" = "80 67 73 82" ] || refuse "no PCIR at byte $((image + pcir))"
  length=$(((b16 + b17 * 256) * 512))
  type=$b20
  last=$((b21 / 128))
  [ $length -gt 0 ] || refuse "an image of length 0 at byte $image"
  [ $((image + length)) -le "$size" ] || refuse "the image at byte $image says $length bytes, the ROM has $size"
  if [ $type = 3 ]; then
    [ $signature = 3825 ] || refuse "no EFI signature at byte $((image + 4))"
    [ $subsystem = 11 ] || [ $subsystem = 12 ] || refuse "EFI subsystem $subsystem is not a driver"
    [ $pe -ge 28 ] && [ $((pe + 2)) -le $length ] || refuse "the EFI image begins at byte $pe of $length"
    if [ $compression = 0 ]; then
      bytes $((image + pe)) 2
      [ "$b0 $b1" = "77 90" ] || refuse "no PE image at byte $((image + pe))"
    fi
    exit 0
  fi
  [ $last = 0 ] || refuse "none of its $images images is an EFI image"
  image=$((image + length))
done
refuse "more than $images images"
`;
