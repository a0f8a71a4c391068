import { Phrases, wordsOf, type Vocabulary } from '../phrases.ts';

/** What a `key:` of plain facts asks for. */
export type Topic =
  | 'cpu'
  | 'pve'
  | 'qemu'
  | 'kernel'
  | 'mode'
  | 'rom'
  | 'os'
  | 'machine'
  | 'firmware'
  | 'driver'
  | 'status'
  | 'gpu'
  | 'otherGpu'
  | 'hostDriver'
  | 'primary'
  | 'bios'
  | 'hypervisor'
  | 'vfs'
  | 'commandLine'
  | 'modprobe'
  | 'vbs'
  | 'picture'
  | 'system'
  | 'whatever';

const TOPICS: Vocabulary<Topic> = {
  cpu: 'cpu|processor|soc|cpu model|apu|prozessor|处理器|proc|cpu name|host cpu|处理器型号|processeur|procesador|процессор',
  pve: 'pve|proxmox|proxmox ve|pve version|proxmox version|pve-manager|proxmox-ve|pveversion|proxmox release|pve release',
  qemu: 'qemu|pve-qemu-kvm|pve-qemu|qemu-kvm|kvm|qemu-system|qemu-server version|qemu package|qemu-system-x86|qemu-system-x86_64',
  kernel:
    'kernel|uname|uname -r|uname -a|linux kernel|kern|running kernel|pve kernel|linux|proxmox-kernel|内核|noyau|ядро|pve-kernel',
  mode: 'mode|type|passthrough|passthrough type|passthrough mode|passthrough method|method|kind|virtualization|gpu mode|sharing|gpu sharing|how|setup type|assignment|approach|technique|gpu passthrough|igpu passthrough|passthrough kind|sr-iov|sriov|gvt-g|gvt-d|gvt|mdev|vgpu|pass-through|device mode|passed through as|pci passthrough|igpu mode|直通方式|模式|vf|way',
  rom: 'rom|romfile|rom file|vbios|gop|option rom|rom-file|gpu rom|vbios file|rom used|vga rom|gop rom|rom bar file|vbios rom|oprom|bios rom|vga bios|gpu bios|igd rom|uefi gop|romfile set|custom rom',
  os: 'os|guest|vm|vm os|guest os|operating system|guest system|windows|windows version|windows build|virtual machine|guest vm|vm guest|os version|guest operating system|distro|distribution|gast|虚拟机|гость|client|vm type|ostype|os type|gastsystem|system os|win|客户机|虚拟机系统|guest distro|host os|host distro|base os|host system os',
  machine: 'machine|chipset|machine type|vm machine|machine model|qemu machine|机型',
  firmware:
    'firmware|vm bios|guest bios|vm firmware|guest firmware|boot mode|uefi|vm boot|ovmf|boot firmware|bios type|loader',
  driver:
    'driver|gpu driver|guest driver|graphics driver|intel driver|driver version|igpu driver|driver in guest|windows driver|driver in vm|video driver|display driver|intel graphics driver|igd driver|treiber|驱动|driver installed|guest gpu driver|驱动版本|drivers|graphics driver version|vm driver|installed driver|gfx driver|driver used|drv|intel gpu driver',
  status:
    'status|result|symptom|symptoms|problem|issue|error|outcome|state|observed|actual|what happens|behavior|behaviour|observation|current state|device manager|device status|error message|guest status|win status|windows device manager|fault|what i see|actual result|actual behavior|effect|now|report|summary|description|situation|device manager status|status in guest|in guest|in the guest|in windows|in vm|in the vm|windows says|guest says|windows status|finding|ergebnis|fehler|problema|symptome|结果|状态|问题|现象|症状|проблема|статус|résultat|estado|code|error code|problem code|windows error|errors|failure|vm status|gpu status|igpu status|problems|issues|update|title|subject|current status|works|working|note|notes|got|seen|test|code 43|test result|guest device manager|after|before|results|today|history|vm start|boot|start|behaviour in guest|guest behaviour|host status|stability|outcome so far|conclusion|verdict|reported|what fails|what works|situation now|state now|driver status|driver state|firmware picture|exact error|observed behaviour|observed behavior|transcoding|qsv|quicksync|quick sync|vainfo|vaapi|va-api|acceleration|hardware acceleration|hw acceleration|intel_gpu_top|/dev/dri|render node|renderd128|dev/dri|jellyfin|plex|frigate|opencl|hw transcoding|hardware transcoding|3d|boots|vm boots|audio|sound|hdmi audio|reboot|vm reboot|restart|guest reboot|second boot|first boot|rdp|linux guest|resolution|installer|driver install|driver installation|host|host behaviour|host behavior|windows|crash|bsod|freeze',
  gpu: 'gpu|igpu|device|graphics|graphics card|passed device|passthrough device|pci device|video card|igd|vga|pci id|device id|gpu id|id|hardware id|vga controller|display controller|intel gpu|card|passed through device|passed gpu|pci|hostpci|hostpci0|adapter|video|pass through|passed through|显卡|核显|gpu to pass|gpu passed|graphic|integrated gpu|integrated graphics|hwid|pf|pci address|bdf|gpu address|igpu id|igpu pci id|device passed|address|vf device|vf address|igpu address|lspci',
  hostDriver:
    'kernel driver in use|driver in use|host driver|driver on host|bound driver|driver bound|host igpu driver|bound to',
  otherGpu:
    'other gpu|dgpu|discrete gpu|second gpu|other gpus|additional gpu|other graphics|other card|dedicated gpu|2nd gpu|gpu 2|gpu2|external gpu|egpu|other graphics card|other video card|nvidia|amd gpu|other display|other vga|secondary gpu|further gpu|extra gpu|second card|独显|discrete card|discrete graphics|host gpu|dedicated card|dedicated graphics|other pci gpu|gpus in host|other graphics device|other graphics devices|other gpu in host',
  primary:
    'primary display|primary gpu|primary|initial display|primary graphics|boot display|boot gpu|boot vga|primary display adapter|initial display output|primary video|init display|host display|init display first|primary display in bios|bios primary display|primary output|host console|host primary display|console gpu|first display|primary vga|display priority|host boot display|host primary gpu|primary display output|main display|main display adapter|main graphics|first display adapter',
  bios: 'bios|uefi bios|bios settings|bios setting|host bios|uefi settings|bios options|board bios|motherboard bios|vt-d|vtd|vt-x|intel vt-d|iommu|csm|above 4g|above 4g decoding|dvmt|dvmt pre-allocated|dvmt pre allocated|igpu multi-monitor|multi-monitor|igpu multi monitor|resizable bar|rebar|re-size bar|aperture size|secure boot|sr-iov in bios|sriov support|sr-iov support|internal graphics|host uefi|aperture|bios config|stolen memory|vmx|virtualization in bios|integrated graphics in bios|bios igpu|host firmware|igpu memory|dvmt total gfx mem|gtt size|iommu in bios|vt-d in bios',
  hypervisor:
    'hypervisor|vmm|platform|virtualizer|virtualization platform|vm manager|host platform|virtualisation|host software|virt|nas os|manager|management|virtualization software|stack|unraid|truenas|libvirt|virt-manager|kubevirt|unraid version|libvirt version|truenas version|虚拟化平台|host type',
  vfs: 'vfs|number of vfs|vf count|virtual functions|num vfs|sriov_numvfs|vfs created|vfs enabled|numvfs|vf number|enabled vfs|count of vfs|vfs on host',
  commandLine:
    'cmdline|kernel cmdline|kernel command line|boot parameters|kernel parameters|grub|kernel params|grub_cmdline_linux_default|grub_cmdline_linux|/proc/cmdline|kernel args|kernel options|boot args|boot options|grub cmdline|cmdline.txt|bootargs|kernel arguments|grub line|kernel boot parameters|/etc/kernel/cmdline|command line|boot params|grub config',
  modprobe:
    'modprobe|modprobe.d|module options|blacklist|blacklisted|modules|vfio.conf|modprobe options|vfio options|kernel modules|vfio config|/etc/modprobe.d|/etc/modprobe.d/vfio.conf|blacklists|blacklisted modules|module parameters|modprobe.conf|softdep',
  vbs: 'vbs|wsl|wsl2|hyper-v|core isolation|memory integrity|virtualization-based security|virtualization based security|hvci|windows hello|device guard|credential guard|nested|hyper-v role|hyper-v feature|wsl installed|wsl 2|hyper-v in guest',
  picture:
    'monitor|display|screen|output|display output|picture|hdmi|video output|hdmi output|dp|displayport|port|connected display|physical display|physical monitor|monitor output|display port|image|connection|physical output|video out|hdmi port|connected monitor|bildschirm|显示器|显示|attached display|external monitor|external display|monitor attached|monitor connected|dummy plug|tv|monitors|displays|cable|outputs|screen output|video port',
  system:
    'system|hardware|host|machine host|server|box|node|pc|host machine|rig|specs|setup|environment|env|build|model|mini pc|host hardware|device model|board|motherboard|mainboard|config|host system|lab|hw|nuc|laptop|platform hardware|minipc|computer|configuration|versions|software|my setup|host info|系统|hypervisor host|sistema|主机|宿主机|母机|software versions|vm settings|vm config|vm configuration|guest info|details|info|host details|guest details|packages|version|vm setup|host side|guest side',
  whatever:
    'args|ram|memory|storage|disk|ssd|date|question|goal|name|link|url|url|thread|source|user|author|expected|expected result|expected behavior|expected behaviour|want|wanted|psu|power|nic|network|use case|usecase|purpose|tags|cores|sockets|vcpu|vcpus|vcpu count|location|case|hello|hi|edit|reporter|bios version|bios date|microcode|ucode|motherboard bios version|guide|tutorial|guide used|guide followed|followed|thanks|help|cpu type|vm cpu|scsi|disks|vm memory|vm ram|mac|forum|post|reference|ram size|board revision|tpm|usb|keyboard|mouse|version of bios|category|severity|priority|bootloader|secure boot in guest|agent|balloon|numa|gpu ram|question 1|license|subscription|language|locale|timezone|uptime|cpu cores|cpu usage|load',
};

const PHRASES = new Phrases<Topic>(TOPICS);
/** Words that a key may have around its phrase. */
const FILLERS = new Set(
  'my the a an our is used of in on for and current installed latest running with exact full actual software hardware model info name tested version versions build release only also inside intel test x64 64-bit the package number no'.split(
    ' ',
  ),
);
const GUEST = new Set('guest vm gast windows win10 win11 client virtual'.split(' '));
const HOST = new Set('host pve proxmox hypervisor node server wirt physical'.split(' '));

/** Whose the fact is, where the key says it. */
export type Side = 'host' | 'guest' | null;

export interface Key {
  readonly topic: Topic;
  readonly side: Side;
}

const MAX_KEY_WORDS = 6;
const MAX_OTHER_WORDS = 2;

/** What a key asks for; null of one that nobody knows. */
export function keyOf(text: string, exactly = false): Key | null {
  const words = wordsOf(text.replace(/\(s\)/g, 's'));
  if (words.length === 0 || words.length > MAX_KEY_WORDS) return null;
  const side = sideOf(words);
  const exact = PHRASES.exactly(words);
  if (exact !== null) return { topic: exact, side };
  if (exactly) return null;
  const bare = words.filter((word) => !FILLERS.has(word));
  const rest = bare.filter((word) => !GUEST.has(word) && !HOST.has(word));
  const matched = PHRASES.tag(bare).findLast(({ tag }) => tag !== null);
  // A sentence that happens to hold a word of a key is none.
  if (bare.length - wordsOf(matched?.text ?? '').length > MAX_OTHER_WORDS) return null;
  const topic =
    PHRASES.exactly(bare) ??
    PHRASES.exactly(rest) ??
    PHRASES.tag(bare).findLast(({ tag }) => tag !== null)?.tag;
  return topic === null || topic === undefined ? null : { topic, side };
}

/** Host or guest, by the words around: the last that says it. */
export function sideOf(words: readonly string[]): Side {
  // "Windows Server" is a guest's name.
  const last = words.findLast(
    (word, at) =>
      GUEST.has(word) || (HOST.has(word) && !(word === 'server' && GUEST.has(words[at - 1] ?? ''))),
  );
  if (last === undefined) return null;
  return GUEST.has(last) ? 'guest' : 'host';
}
