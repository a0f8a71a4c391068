import { said } from '../reading.ts';
import type { SignRow } from './row.ts';

const GUESTS_OWN =
  /\b(?:in|inside|of|on) the (?:guest|vm)\b|\b(?:guest|vm)(?:'s)? (?:kernel|network|nic|disk|system|loses|lost)\b/;
const LOST =
  /\b(?:los(?:e|es|ing|t)|drops?|dropped|disappear\w*|gone|vanish\w*|dies|died|goes (?:away|down|offline)|cut off|unreachable|no longer (?:reachable|there|available)|disconnect\w*|verlier\w*|verloren|weg|verschwindet|пропадает|pierde|perd)\b|断网|掉线|丢失|消失/;
/** Who loses all has not lost another device. */
const WHOLE =
  /\b(?:host|server|node|machine|box|system|pc|everything|computer)(?: itself)? (?:dies|died|is dead|freezes|froze|hangs|hung|locks up|crashes|crashed|panics)\b|\bno ssh,? (?:and |or )?no ping|\bno ping,? (?:and |or )?no ssh/;
const STORAGE = String.raw`(?:sata|ahci|nvme|boot ssd|ssd|boot disk|disks?|hba|raid|storage controller|usb controller|xhci|nic|ethernet|network card|lan|r8169|igc|e1000e|igb)`;
const WITH_VM =
  /\b(?:start(?:s|ing|ed)?|boot(?:s|ing|ed)?|pass(?:es|ing|ed)?|attach\w*|assign\w*|add(?:s|ing|ed)?|startet|starte|when the vm|запус\w*)\b|启动|开机|直通/;

/** What is told of the host. */
export const HOST_SIGNS: readonly SignRow[] = [
  {
    when: [
      /\bflr\b[^.;]{0,30}\b(?:wait\w*|hang\w*|hung|stuck|times? out|timed out|time-?out|never (?:ends|completes|returns|finishes)|does(?:n't| not) (?:end|complete|finish|return))|\b(?:waiting|waits|stuck|hangs?|hung) (?:for|at|in|on|during) (?:the |an? )?(?:flr|function[- ]level reset)\b|\bnot ready \d{3,6}ms after (?:flr|bus reset|d3)|\b(?:flr|function[- ]level reset) (?:fails|failed|gives up)\b/,
    ],
    unless: /\b(?:nvidia|amd|radeon|nic|nvme|no longer|harmless|works)\b|\?$/,
    says: [said('sign', 'reset-stuck')],
  },
  {
    when: [
      /\bt(?:akes|ook|aking) (?:down )?(?:the |my )?(?:whole |entire )?(?:host|node|machine|server|box|pc|computer|system|hypervisor)(?: down| with it)?\b(?<=down|down (?:the |my )?(?:whole |entire )?\w{2,10}|with it)|\b(?:host|node|server|box|hypervisor) (?:went|goes|is) down\b|\bkernel (?:had|has|gets?|got|throws?|shows?)(?: an?)? (?:oops|panic)\b|\b(?:get|got|gets|see|causes?|triggers?)(?: an?)? (?:kernel )?(?:oops|panic)\b|\bhard[- ]?lock(?:s|up|ed)? (?:on|at|during|while) (?:boot|start)|\b(?:pc|host|node|server|box|whole machine|hypervisor) keeps (?:on )?(?:crashing|rebooting|freezing|hanging|restarting)|宿主机(?:死机|卡死|重启|崩溃)|\bhost (?:stürzt ab|friert ein|hängt sich auf)/,
    ],
    unless: new RegExp(`${GUESTS_OWN.source}|\\bno (?:kernel )?(?:oops|panic)|\\bno longer\\b|\\bfixed\\b`),
    says: [said('symptom', 'host-freezes')],
  },
  // The same in other languages, and by what the console shows.
  {
    when: [
      /カーネルパニック|ホスト(?:os|マシン|側|機)?[がは]?[^、。]{0,12}(?:落ち|フリーズ|再起動|クラッシュ|ハング|固ま|パニック)|(?:宿主机?|主机|母机)(?:系统)?[^，。]{0,10}(?:崩溃|死机|卡死|宕机|重启|panic)|内核(?:崩溃|恐慌)|\bhost[a-z]?\b[^.;,]{0,20}\b(?:zawiesza|restartuje|wiesza|plante|gèle|redémarre|cuelga|congela|reinicia|trava|blocca|zamrzne|spadne)\b|\bl'(?:hôte|host)\b[^.;,]{0,16}\b(?:plante|gèle|redémarre|si blocca)|хост[^.;,]{0,20}(?:зависает|падает|перезагружается|крашится)|\bhost\b[^.;]{0,30}\b(?:kernel ?panik|panikt|stürzt)\b|\b(?:panic|oops) (?:of|on|in) (?:the )?host\b|\bhost(?:'s)? kernel (?:panics?|panicked|oops(?:es|ed)?|crash(?:es|ed)?)\b|\bconsole (?:spits|shows|prints|throws|fills)\b[^.;]{0,24}\b(?:trace|oops|panic|backtrace)\b/,
    ],
    unless: new RegExp(`${GUESTS_OWN.source}|\\bno longer\\b|\\bfixed\\b|\\?$`),
    says: [said('symptom', 'host-freezes')],
  },
  {
    when: [
      LOST,
      WITH_VM,
      /\b(?:network|nic|lan|ethernet|ssh|web ?(?:ui|gui|interface)|eth0|eno\d|enp\w+|vmbr0|wi-?fi|wlan|internet|netzwerk|сеть|red|réseau)\b|网卡|网络|断网/,
      /\b(?:vm|guest|host|node|i?gpu|passthrough|proxmox|device|hostpci\d?|gast)\b|虚拟机|宿主机|直通/,
    ],
    unless: new RegExp(
      `${GUESTS_OWN.source}|${WHOLE.source}|\\brdp\\b|\\bremote desktop\\b|\\bno longer (?:lose|drop)|\\b(?:not|never|don't|doesn't) (?:lose|drop)|\\bfor (?:a|one|some) (?:moment|seconds?|short)|\\b(?:briefly|momentarily|short(?:ly)? (?:network )?(?:drop|loss|interruption))\\b`,
    ),
    says: [said('symptom', 'device-lost')],
  },
  // "The host is unreachable, but the VM goes on".
  {
    when: [
      /\b(?:host|node|server|proxmox|pve)\b[^.;]{0,20}\b(?:unreachable|not reachable|offline|gone from the network|no longer (?:reachable|answers))\b[^.;]{0,20}\b(?:but|while|though|yet)\b[^.;]{0,12}\b(?:vm|guest|windows|desktop|picture)\b[^.;]{0,16}\b(?:continues|runs|running|works|working|goes on|keeps|stays|is fine|is up|is there|on the (?:tv|monitor|screen))\b/,
    ],
    says: [said('symptom', 'device-lost')],
  },
  // What the host needs goes to vfio-pci, or stands in the iGPU's group.
  {
    when: [
      new RegExp(
        String.raw`\b${STORAGE}\b[^;]{0,40}\b(?:is |was |gets? |got |are )?(?:taken|claimed|grabbed|bound|seized|captured)(?: over)? (?:by|to) vfio(?:-pci)?\b|\bvfio(?:-pci)? (?:takes|took|claims|claimed|grabs|grabbed|seizes)\b[^;.]{0,30}\b${STORAGE}\b|\bgroup \d{1,3}\b[^;]{0,20}\b(?:holds|contains|has|includes|is|lists)\b[^;]{0,24}\b(?:00:02\.0|i?gpu|graphics)\b[^;]{0,40}\b${STORAGE}\b`,
      ),
    ],
    unless:
      /\b(?:not|never|own group|separate|on purpose|intended|deliberately|unused|second (?:nic|ssd|disk))\b|\?$/,
    says: [said('symptom', 'device-lost')],
  },
  {
    when: [
      LOST,
      WITH_VM,
      /\b(?:disks?|ssd|nvme|sata|ahci|storage|zfs pool|pool|drives?|usb (?:ports?|controller|devices?))\b|硬盘/,
      /\b(?:host|node|proxmox|pve|server)\b|宿主机/,
    ],
    unless: new RegExp(`${GUESTS_OWN.source}|\\bno longer (?:lose|drop)|\\bdriver\\b`),
    says: [said('symptom', 'device-lost')],
  },
  {
    when: [
      /\b(?:gdm3?|sddm|lightdm|x11|xorg|x server|wayland|gnome|kde|plasma|xfce|display manager|desktop (?:session|environment))\b.{0,40}\b(?:running|runs|on the host|on the same|in use|active|is up|uses)\b|\b(?:belongs to|held by|bound to|used by|in use by|owned by|still on|taken by) (?:the )?(?:host'?s? )?(?:driver )?(?:i915|xe)\b|\bhost(?:'s)? (?:\w+ )?driver:? (?:is )?(?:i915|xe)\b|\b(?:desktop|gui|x11|gnome|kde) (?:host|of the host|on the host)\b|\/dev\/(?:dri\/(?:card|renderd)\d+|fb\d)\b.{0,24}\b(?:opened|used|held|in use|kept open) by\b|\b(?:gnome-shell|xwayland|xorg|kwin_\w+|plasmashell|sway|mutter|weston|gdm\w*)\b.{0,30}\b(?:has|holds?|keeps?|uses?|opened|opens)\b/,
    ],
    unless:
      /\b(?:not|isn't|no longer|never|without|stopped|inactive|disabled|killed|masked|blacklist\w*)\b|\bin (?:the|a|my) (?:guest|vm)\b|\b(?:guest|vm|vfs?)(?: \d)? (?:belongs?|is|are|uses?|runs?|has)\b|\bremote desktop\b/,
    says: [said('sign', 'host-desktop')],
  },
  {
    when: [
      /\b(?:cmdline|command ?line)\b[^;]{0,60}\b(?:no|not|lacks?|without|missing|does(?:n't| not)|isn't|nothing (?:of|about))\b[^;.]{0,40}\b(?:intel_)?iommu\b|\b(?:intel_)?iommu(?:=on)?\b[^;.]{0,50}\b(?:(?:not|n't) (?:\w{1,10} )?(?:in|on|there|part of|shown|show(?: up)?|appear|stand|reach|make it)|missing (?:in|from|on)|absent (?:in|from|on)|never (?:shows up|appears|arrives|reaches))\b[^;]{0,40}\b(?:cmdline|command ?line)\b/,
    ],
    unless: /\b(?:guest|in the vm|amd_iommu|no longer|was (?:not|missing)|fixed|solved)\b|\?$/,
    says: [said('sign', 'iommu-not-applied')],
  },
  {
    when: [/\bclass\b[^.;]{0,40}?\b(?:0x)?0380(?:00)?\b|\[0380\]/],
    unless: /\b(?:guest|not 0380|instead of (?:0x)?0380)\b/,
    says: [said('deviceClass', '0380')],
  },
];
