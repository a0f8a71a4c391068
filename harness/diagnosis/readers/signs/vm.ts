import { said } from '../reading.ts';
import type { SignRow } from './row.ts';

const TAKEN = String.raw`(?:in use|taken|occupied|used by|claimed by|not available|not free|conflict\w*|clash\w*|collid\w*|belegt|занят|占用)`;
const EMULATED = String.raw`(?:virtio\w*|virtiofs\w*|vhost\w*|vga|qxl|bochs|balloon|scsi|nic|net\w{0,4}|usb|display|video)`;

/** What is told of the VM’s own settings. */
export const VM_SIGNS: readonly SignRow[] = [
  {
    when: [/\bconfigmanagererrorcode\b\W{0,4}(?:is |was |of |= )?\d{1,2}\b/],
    says: (line) => [
      said(
        'problemCode',
        Number(/\bconfigmanagererrorcode\b\W{0,4}(?:is |was |of |= )?(\d{1,2})\b/.exec(line)?.[1] ?? 0),
      ),
    ],
  },
  {
    when: [
      /\ball[- ]functions?\b|\balle funktionen\b|\btoutes les fonctions\b|\btodas las funciones\b|所有功能|全部功能|все функции/,
    ],
    unless:
      /\b(?:not|un|de)-?(?:ticked|checked|selected|set|enabled)\b|\bun(?:tick|check)\w*|\ball[- ]functions?(?: is| was|:)? (?:off|disabled|unticked|unchecked|no\b|not)|\b(?:without|no|not?|never) (?:the )?.{0,3}all[- ]functions?|\ball functions (?:of|work|are (?:ok|fine|there))/,
    says: [said('sign', 'all-functions')],
  },
  {
    when: [
      new RegExp(
        String.raw`\b(?:cannot|can't|could not|unable to|fail(?:s|ed)? to) (?:assign|allocate|use|get|set) (?:the |a )?(?:guest )?(?:pci )?(?:slot|address)\b|\b(?:slot (?:0x)?0?2|(?:pci )?addr(?:ess)?[ =:]{1,3}(?:0x)?(?:00:)?0?2(?:\.0)?|(?:guest|vm)(?:'s)? (?:0000:)?00:02(?:\.0)?|00:02(?:\.0)? (?:in|of) the (?:guest|vm))\b[^.;]{0,40}\b${TAKEN}|\b(?:slot|addr(?:ess)?)\b[^.;]{0,30}\b${TAKEN} by (?:a |an |the )?${EMULATED}\b|\b${EMULATED} (?:device )?(?:already )?(?:takes|occupies|sits (?:on|at|in)|has|uses|is (?:at|on|in)) (?:the )?(?:pci )?(?:slot|addr(?:ess)?) ?(?:0x)?0?2\b`,
      ),
    ],
    unless: /\b(?:x16|x8|x4|m\.2|physical slot|pcie slot)\b|\bused by (?:the )?host\b/,
    says: [said('sign', 'slot-taken')],
  },
  // "PCI bus 1, device 0, function 0" of Windows; "01:00.0 in the VM".
  {
    when: [
      /\bpci(?:[- ]?express)?[- ]?bus\W{1,3}\d{1,3}\b\W{1,4}(?:device|gerät|dispositivo|périphérique|slot)\W{1,3}\d{1,2}\b|(?:\b(?:in|inside|of) (?:the |my )?(?:guest|vm|windows|device manager)\b|\bguest(?:['’]s)?\b|\bvm\b)[^;]{0,40}\b(?:0[1-9a-f]|00):(?:0[013-9a-f]|1[0-9a-f])\.0\b|\b(?:0[1-9a-f]|00):(?:0[013-9a-f]|1[0-9a-f])\.0\b[^;]{0,12}\b(?:in|inside) (?:the |my )?(?:guest|vm|windows|device manager)\b/,
      /\b(?:card|i?gpu|graphics|display|uhd|intel|adapter|device|igd|it|location|grafik\w*|tarjeta)\b/,
    ],
    unless:
      /\bbus\W{1,3}0\b\W{1,4}\w{4,12}\W{1,3}2\b|\b(?:nvidia|amd|radeon|geforce|[gr]tx|nvme|nic|network|usb|audio|sound|sata|virtio|host|hosts|vfs?|instead|before|previously|was|not|moved|should|tried)\b|\?/,
    says: [said('sign', 'guest-elsewhere')],
  },
  // The guest's driver knows of no connector.
  {
    when: [
      /\b(?:(?:hdmi|dp|display ?port|dvi|vga)(?:-a)?(?:-\d)? )?connectors?\b[^.;]{0,16}\b(?:missing|absent|gone|not (?:there|listed|shown|present|found)|none)\b|\bno (?:hdmi |dp |dvi |display )?connectors?\b|\b(?:\/sys\/class\/drm|xrandr|drm_info|modetest)\b[^.;]{0,24}\b(?:only (?:shows? |lists? |has )?(?:edp|card\d|renderd)|no (?:hdmi|dp|outputs?|connectors?)|shows? no|lists? no)/,
    ],
    unless: /\bvfs?\b|\bvirtual function|\bhosts?\b|\bpower connector|\bno connector (?:needed|problem)|\?$/,
    says: [said('symptom', 'no-picture')],
  },
  {
    when: [
      /\bballoon(?:ing)?\b|\bfloating memory\b|\bdynamic memory\b|\bminimum memory\b|\bmemory hotplug\b/,
    ],
    unless:
      /\bballoon(?:ing)?(?: device)?[ :=]{1,3}(?:0|off|no|disabled|none)\b|\b(?:no|without|disabled?|turned off) (?:\w+ )?balloon/,
    says: [said('sign', 'ballooning')],
  },
  {
    when: [
      /\b(?:sees?|shows?|reports?|detects?|(?:only (?:has|have|gets?|got))|(?:has|have|gets?|got) only|sieht|zeigt|hat nur)\b[^.;]{0,20}\b\d{1,4}(?:[.,]\d{1,2})? ?(?:gb|gib|g|mb|mib)\b(?: of ram| of memory| ram| memory)? ?(?:of|instead of|out of|rather than|von|statt|from)\b[^.;]{0,20}\b\d{1,4}|\b(?:sees?|has|gets?|shows?) (?:only )?(?:about )?(?:half|a part|a fraction|less|a third|a quarter) (?:of )?(?:its |the |of )?(?:allocated |assigned |configured )?(?:memory|ram)\b|\b(?:memory|ram)\b[^.;]{0,40}\b(?:less than|lower than|smaller than) (?:it was |was |what was )?(?:assigned|allocated|given|configured)/,
    ],
    unless: /\b(?:vram|video memory|graphics memory|shared memory|disk|ssd|storage|dedicated)\b/,
    says: [said('symptom', 'less-memory')],
  },
  {
    when: [
      /\bkvm=off\b|\bhidden=(?:1|on|true)\b|(?:^|[\s,=])-hypervisor\b|\bhypervisor=(?:off|0|false)\b|\banti[- _]?(?:detection|detect|vm)\b|隐藏虚拟(?:机|化)|去虚拟化|反虚拟(?:机|化)检测|过(?:虚拟机|vm)?检测|\b(?:hid(?:e|es|den|ing)|mask(?:s|ed|ing)?|conceal\w*) (?:the |that |it is an? |kvm |of )*(?:vm|hypervisor|kvm|virtuali[sz]ation|virtual machine)\b|\b(?:vm|hypervisor|kvm) (?:is |was |gets? )?(?:hidden|masked|concealed)\b(?! =?0)|\bhypervisor (?:bit|flag) (?:is |was )?(?:off|hidden|cleared|removed|masked)\b/,
    ],
    unless:
      /\b(?:without|remov\w+|no longer|not|never|dropp\w+|delet\w+|instead of)\b[^,;]{0,30}(?:kvm=off|hidden=|-hypervisor|hypervisor=|hid(?:e|es|den|ing)|anti)|\?$/,
    says: [said('sign', 'hypervisor-hidden')],
  },
  {
    when: [
      /\b(?:cpu|processor|prozessor)[ -]?(?:type|model|typ|modell)?\b[^.;]{0,20}\b(?:epyc|opteron|phenom|authenticamd|ryzen)\b|\bvendor=(?:authentic)?amd\b|\b(?:guest|vm|task manager|lscpu|cpu-z)\b[^.;]{0,40}\b(?:epyc|opteron|authenticamd|amd (?:processor|cpu))/,
    ],
    unless:
      /\b(?:host|node|server|other|not|no|instead of|was|earlier|before)\b[^.;]{0,30}\b(?:epyc|opteron|amd|ryzen)/,
    says: [said('sign', 'amd-cpu-model')],
  },
  {
    when: [
      /\b(?:guest|vm|inside)\b.{0,60}(?:\b0xfc\b|\basls\b).{0,30}?\b(?:0x)?0{8}\b|\basls\b.{0,40}\b(?:zero|empty|0x0+|not set|unset)\b.{0,40}\b(?:guest|vm)\b|\b(?:guest|vm)\b.{0,60}\basls\b.{0,30}\b(?:zero|empty|0x0+|not set|unset)\b/,
    ],
    says: [said('sign', 'asls-zero')],
  },
];
