/**
 * Takes out of a sentence what sounds like success and says nothing of the set-up: a command that was run, a setting
 * that was looked at, a "yes" to what was not asked. In: a sentence in lower case. Pure.
 */
export function withoutNoSuccesses(sentence: string): string {
  return NONE_OF_IT.reduce((text, [pattern, words]) => text.replace(pattern, words), sentence);
}

const COMMAND = String.raw`(?:update-\w+|up(?:date|grade)s?\b|grub\S*|apt\S*|dpkg\S*|pacman|dnf|yum|zypper|modprobe|rmmod|insmod|depmod|proxmox-boot-tool|pve-?efiboot-tool|bootctl|mkinitcpio|dracut|dkms|make|lspci|lsmod|dmesg|journalctl|uname|vainfo|rom-parser|efirom|uefitool|memtest\S*|ddu|dism|sfc|chkdsk|systemctl|kernelstub|fsck|smartctl|qm|virsh|the (?:\S{1,16} )?(?:command|script|installer|setup|tool|steps|helper)|(?:an? |my |this )?(?:\S{1,16} )?(?:command|script|memory test|full update|dist-upgrade|repair)|\.?\/\S+|\S+\.(?:sh|exe|bat|py|ps1|msi))`;
const CHECKED = String.raw`(?:smart(?: values?| status)?|memtest\S*|memory test|psu|power supply|netzteil|cables?|adapters?|temps?|temperatures?|thermals?|fans?|ssd|hdd|disks?|nvme|raid|zfs|pool|scrub|backups?|sha(?:-?\d+)?(?:sums?)?|md5(?:sums?)?|checksums?|hash(?:es)?|digest|rom (?:sha\S*|sum|hash|size|file)|romfile|file size|size|vt-?d|vt-?x|iommu(?: groups?)?|secure boot|bios settings?|subscription|licen[cs]e|other vms?|network|internet|syntax|config(?:uration)?|quoting|permissions?|ownership)`;

const NONE_OF_IT: readonly (readonly [RegExp, string])[] = [
  // "Ran update-grub": what was done.
  [
    new RegExp(
      String.raw`\b(?:(?:i|we|then|have|also|just|re-?) ?)*(?:re-?)?(?:ran|run|running|executed|did|used) (?:[\`'"]|sudo |again )*(?=${COMMAND})`,
      'g',
    ),
    ' did ',
  ],
  // "Modprobe by hand, then the node appears": how it would be.
  [
    /\b(?:(?:after|when|once|if|with|only|a|an|the|i|we) )*(?:manual(?:ly)? )?(?:modprobe|insmod|loading)\b[^;.]{0,24}\b(?:by hand|manually)\b.*|\b(?:after|when|once|with) (?:a |an )?manual(?:ly)? (?:modprobe|insmod|load(?:ing)?)\b.*/g,
    ' ',
  ],
  // "SMART is ok", "sha ok": nothing of the set-up itself.
  [
    new RegExp(
      String.raw`\b(?:the |my |its |all )?(?<!\bno )${CHECKED}(?: (?:is|are|was|were|itself|says?|seems?|looks?|all|also|both|reports?|comes? out|shows?|result|results|test|tests|status)|:|=)* (?:(?:all|also|just|perfectly|totally|quite) )*(?:ok|okay|fine|good|clean|correct(?:ly)?|healthy|valid|passe[sd]|perfect|normal|match(?:es|ed)?|identical|the same)(?! picture| desktop)\b`,
      'g',
    ),
    ' checked ',
  ],
  // "Yes, set it", "must I keep it? yes?".
  [
    /^\W*(?:yes|yep|yeah|ja|jep|oui|si|sí)\b(?=\s*(?:[,.!:;-] *\S|\W*$))|^\W*(?:ok|okay)\b(?=\s*[,.!:;-] *\S)/,
    ' ',
  ],
  [/\b(?:yes|ok|okay|fine|good|right|correct)\s*\?/g, ' '],
  [
    /\b(?:enabled|active|on|set|checked|done|tested|tried|installed|updated|blacklisted|headless|latest|present|loaded|headers|module|firmware|microcode|vt-?[dx]|iommu|csm|aspm|asked|above 4g(?: decoding)?)\s*[:=?]\s*yes\b/g,
    ' set ',
  ],
];
