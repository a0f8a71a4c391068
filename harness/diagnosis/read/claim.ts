import type { PartKind } from '../part.ts';

/** What a line is by itself, whatever stands around it: in this order, the first that fits. */
const CLAIMS: readonly (readonly [PartKind, RegExp])[] = [
  [
    'rom-digests',
    /^\s{0,8}(?:[0-9a-f]{64}\s{1,4}\*?\S{1,400}\.(?:rom|bin|efi|ffs|dump|vbios|fd)|SHA-?256\s{1,12}(?:\(\S{1,400}\) = )?[0-9a-f]{64}(?:\s{1,12}\S{1,400})?|(?:rom(?:file)? )?sha-?256(?:sum)?(?: (?:of|for) \S{1,200})?\s?[:=]\s?[0-9a-f]{64})\s*$/i,
  ],
  ['probe-answer', /^@@IGPU1 (?:\d{1,7}|CLM)$|^\{"schema":1,.{0,200}"nonce":/],
  [
    'qemu-log',
    /^\s{0,8}(?:(?:\/usr\/bin\/)?(?:kvm|qemu-kvm|qemu-system-[\w-]{1,20})(?: \[\d+\])?: |vfio(?: (?:error: )?[0-9a-f]{4}:|: )|vfio_\w{1,40}(?:\(| ?:)|TASK (?:ERROR|WARNINGS|OK)\b|WARN(?:ING)?: |start failed: |(?:error: )?(?:internal error|Failed to start domain|operation failed): |error: (?:Failed|internal|unsupported|Requested|device|Disconnected)\b|Error starting domain: |libvirt(?:\.libvirtError|d)?: |Failed to (?:mmap|create|modify) |IGD \w|info: (?:IGD|OpRegion) |legacy IGD assignment|no (?:PCI device found|pci device info)|cannot prepare PCI pass-through|(?:can't|cannot) (?:un)?bind |failed to (?:reset PCI device|find romfile)|error writing '|q35 machine model is not enabled|romfile "|Parameter '[\w-]{1,40}' |PCI: slot \d|Device option ROM contents|PCI peer-to-peer transactions|swtpm_setup: |KVM internal error|KVM: entry failed|warning: host doesn't support requested feature|Verify all devices in group|Please ensure all devices within|Skip option ROM probe|hint: |libusb: error|[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]: |FW CFG |QemuFwCfg |Select Item: 0x|SetupVm\w{2,20}: |BdsDxe: |InstallProtocolInterface: )/,
  ],
  [
    'kernel-log',
    /^\s{0,8}(?:[\w-]{2,30} [0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]: |(?:DMAR|DMAR-IR|dmar|AMD-Vi|iommu|vgaarb|efifb|i915|xe|vfio_pci|vfio-pci|vfio_iommu_type1\w*|vfio_ecap_init|dmar_fault|pci_bus|pci|snd_hda_intel|kvm_intel|x86\/\w{2,10}|ACPI|Console|fb\d|simple-framebuffer|snd_hda_codec_\w{1,20}|resource sanity check|BUG|Oops|RIP|watchdog|mce|nvidia|amdgpu|nouveau): |kvm \[\d{1,8}\]: |\[drm[\]:]|Linux version \d|Command line: |Kernel command line: |No more image in the PCI ROM|caller \w{3,40}\+|Call Trace:|-- (?:Boot|Logs begin|Journal begins|No entries|Reboot)\b|Adding to iommu group)/,
  ],
  [
    'lspci',
    /^\s{0,8}(?:IOMMU Group \d{1,3}:?\s{0,4}|Group:? {0,2}\d{1,3}\s{1,4})?(?:\[[0-9a-f]{4}:[0-9a-f]{4}\]\s{1,4}(?:\[R\]\s{1,4})?)?(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]\s+(?:"?[A-Z][\w ./,()-]{2,60}|"?[0-9a-f]{4})(?: \[[0-9a-f]{4}\])?"?(?::| "| \()|^IOMMU Group \d{1,3}:?$/i,
  ],
  [
    'pve-versions',
    /^(?:proxmox-ve|pve-manager|pve-qemu-kvm|qemu-server|pve-kernel-[\w.-]{1,40}|proxmox-kernel-[\w.-]{1,40}|pve-edk2-firmware[\w-]{0,20}|pve-firmware|libpve-[\w-]{1,40}|proxmox-kernel-helper): (?:\d|not correctly)|^pve-manager\/\d\S{0,40}(?: \(running kernel: [^()]{1,60}\))?$/,
  ],
  [
    'host-file',
    /^\s{0,8}(?:BOOT_IMAGE=\S|initrd=\S{1,200} \S|GRUB_CMDLINE_LINUX(?:_DEFAULT)?=|options [\w-]{2,40} \w[\w.-]{0,60}=\S|blacklist [\w-]{2,40}$|softdep [\w-]{2,40} |install [\w-]{2,40} \/|\/sys\/class\/iommu\/[\w/-]{1,60}\/cap:[0-9a-fx]{12,18}$)/,
  ],
  [
    'libvirt-xml',
    /^\s{0,60}<(?:\?xml\b|!--|!\[CDATA|\/?(?:domain|hostdev|source|driver|address|rom|qemu:[\w-]+|os|features|cpu|devices|kvm|hidden|hyperv|vendor_id|video|model|acpi|alias|loader|nvram|graphics|memory|memoryBacking|currentMemory|vcpu|name|uuid|metadata|libosinfo:[\w-]+|type|boot|topology|clock|timer|on_\w+|pm|suspend-to-\w+|emulator|disk|controller|interface|serial|console|channel|input|audio|watchdog|memballoon|ioapic|vmport|smm|maxphysaddr|feature|target|mac|teaming|tpm|backend|sound|redirdev|mdev|title|description|vmtemplate|cputune|vcpupin|emulatorpin|iothreads|resource|partition|bootmenu|bios|smbios|sysinfo|entry|iommu|override|device|frontend|property|listen|protocol|panic|rng|shmem|seclabel|label|imagelabel|relaxed|vapic|spinlocks|vpindex|runtime|synic|stimer|reset|frequencies|tlbflush|ipi|evmcs|cache|numa|cell|numatune|hugepages|nosharepages|locked|access|allocation|discard)(?:[\s>/]|$))/,
  ],
  [
    'qemu-command-line',
    /^\s{0,8}(?:\S{1,40} {1,8}\d{1,9} .{0,120})?(?:['"]?(?:\/\S{1,100}\/)?(?:qemu-system-\w{1,12}|qemu-kvm|kvm|qemu))['"]?\s{1,8}(?:\\$|-[a-z-]{1,30} \S{1,400} -|['"]?-{1,2}(?:id|name|device|machine|M|cpu|m|smp|nodefaults|enable-kvm|accel|no-shutdown|drive|chardev|S|boot|no-user-config|nographic|vga|display|bios|object|global)\b)|^\s{0,8}['"]?-(?:device|machine|cpu|drive|set|name|smp|global|object|netdev|chardev|accel|display|vga|bios|rtc|boot|qmp|mon|monitor|blockdev|overcommit|msg|sandbox|uuid|no-user-config|nodefaults|no-hpet|enable-kvm|readconfig|fw_cfg|m|M)['"]?(?:\s{1,8}\S.*|\s{0,2}\\)$|^LC_ALL=C |^\s{0,8}(?:PATH|HOME|XDG_\w{1,20})=\S{1,300} \\$/,
  ],
];

export function claimOf(text: string): PartKind | null {
  if (text === '') return null;
  const head = text.length > 1_000 ? text.slice(0, 1_000) : text;
  return CLAIMS.find(([, pattern]) => pattern.test(head))?.[0] ?? (isCommandLine(head) ? 'host-file' : null);
}

const TELLING_PARAMETER =
  /^(?:(?:intel_|amd_)?iommu|vfio-pci\.ids|vfio_pci\.ids|initcall_blacklist|(?:i915|xe|vfio|kvm|vfio_\w{2,20})\.\w{2,30}|root)=./;
const PARAMETER =
  /^(?:[\w.-]{2,40}=\S*|quiet|splash|ro|rw|nomodeset|nofb|text|textonly|debug|nosplash|noresume|earlyprintk)$/;

/** Nothing but parameters of a Linux kernel, without a word of speech. */
function isCommandLine(text: string): boolean {
  const words = text.trim().split(/\s{1,8}/, 80);
  return words.some((word) => TELLING_PARAMETER.test(word)) && words.every((word) => PARAMETER.test(word));
}
