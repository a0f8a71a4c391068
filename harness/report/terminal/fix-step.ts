/** First words of what is typed or pasted as it stands: programs, and keys of configs. */
const COMMAND =
  /^(?:sudo|apt|apt-get|apt-mark|echo|printf|cat|grep|zgrep|ls|lspci|lsmod|dmesg|journalctl|modprobe|modinfo|dkms|update-initramfs|update-grub|proxmox-boot-tool|pve-efiboot-tool|qm|pvesh|virsh|kvm|qemu-system-\w+|code43|sha256sum|systemctl|sysctl|mount|chmod|chown|cp|mv|rm|mkdir|sed|tee|setpci|cd|wget|curl|git|make|bcdedit|pnputil|powercfg|reg|reagentc|dism|Get-\w+|Set-\w+)\s+(?!the\b|a\b|an\b|it\b|again\b|from\b|to\b)/;
const SETTING = /^(?:[a-z][\w.-]{0,40}(?:: |=)\S|[<{[/-])/;

/** Whether a step is to be typed or pasted as it is, and so must stay on one line; else it is a sentence. Pure. */
export function isCommand(text: string): boolean {
  return COMMAND.test(text) || SETTING.test(text);
}
