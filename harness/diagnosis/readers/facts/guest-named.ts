/** Words before "VM" that are no name of one. */
const COMMON =
  /^(?:the|my|a|an|this|that|one|new|other|another|same|test|in|of|each|every|running|start|starting|whole|guest|linux|windows|any|first|no|to|with|passed|kvm|qemu|proxmox|host|for|on|is|it|current|working|fresh)$/i;

/** The name of the guest that a line begins with: `thinstation` of "thinstation VM: dark"; null where it has none. Pure. */
export function guestNamed(text: string): string | null {
  const name =
    /^(?:(?:the|my|another|other|second|first|on|in) )*([\p{L}\d][\p{L}\d._+-]{1,30}(?: \d[\d.]{0,7})?) ?(?:vm|guest|虚拟机)\b/iu.exec(
      text,
    )?.[1];
  return name === undefined || COMMON.test(name) ? null : name.toLowerCase();
}
