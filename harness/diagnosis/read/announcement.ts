import type { PartKind } from '../part.ts';

/** Whose kernel speaks in a log; null where nothing shows it. */
export type Voice = 'host' | 'guest' | null;

/** What a line says of the lines below it: a shell's prompt with its command, or a heading. */
export interface Announcement {
  readonly by: 'prompt' | 'heading';
  /** Null where the output is nothing that has a kind of its own. */
  readonly kind: PartKind | null;
  readonly voice: Voice;
}

const PROMPTS: readonly RegExp[] = [
  /^\s{0,8}(?:\([\w.-]{1,40}\) ?)?[\w.-]{1,40}@([\w.-]{1,60})(?::| )\s?[^#$%]{0,100}[#$%](?:\s+(.*))?$/,
  /^\s{0,8}\[[\w.-]{1,40}@([\w.-]{1,60}) [^\]]{0,80}\][#$%](?:\s+(.*))?$/,
  /^\s{0,8}(PS) [A-Z]:\\[^>]{0,200}>\s{0,4}(.*)$/,
  /^\s{0,8}([A-Z]):\\[^>]{0,200}>(.*)$/,
];
const BARE_PROMPT = /^\s{0,8}[#$%]\s{0,2}(?=\S)/;
const COMMANDS: readonly (readonly [RegExp, PartKind | null])[] = [
  [/^(?:dmesg|journalctl)(?=$|\s*[|>;&]|\s+-)/, 'kernel-log'],
  [/^(?:cat|tail|head|less|more|zcat|e?grep|zgrep)\s.{0,200}\/(?:kern\.log|syslog|messages)\b/, 'kernel-log'],
  [/^(?:cat|tail|head|less|more|e?grep)\s.{0,200}(?:libvirt\/qemu|\/pve\/tasks)\//, 'qemu-log'],
  [/^(?:lspci|find \/sys\/kernel\/iommu_groups)(?=$|\s*[|>;&]|\s+-|\/)/, 'lspci'],
  [/^qm (?:config|pending) \d+/, 'proxmox-config'],
  [/^(?:cat|less|more|nano|vi|vim|e?grep)\s.{0,200}qemu-server\/(?:\d+|\*)\.conf/, 'proxmox-config'],
  [/^(?:cat|less|more|nano) \d{3,9}\.conf\b/, 'proxmox-config'],
  [/^(?:qm showcmd \d+|ps(?=$|\s+(?:-|aux|ax)))/, 'qemu-command-line'],
  [/^(?:qm (?:start|stop|reset|reboot|resume) \d+|virsh (?:start|create) \S)/, 'qemu-log'],
  [/^pveversion(?=$|\s+-|\s*[|>])/, 'pve-versions'],
  [/^virsh (?:dumpxml|edit) \S/, 'libvirt-xml'],
  [
    /^(?:cat|less|more|nano|vi|vim|e?grep)\s.{0,200}\/(?:proc\/cmdline|etc\/(?:modprobe\.d|modules|default\/grub|kernel\/cmdline))/,
    'host-file',
  ],
  [/^(?:pnputil|wmic|get-pnpdevice|get-ciminstance|get-wmiobject)(?:\.exe)?\b/i, 'device-status'],
  // What checks sums says so in words; and a sentence may begin with the command's name.
  [/^(?:sha\d{1,3}|md5)sums? (?:-c|--check)\b/, null],
  [
    /^(?:code43 rom\b|(?:sha256sum|shasum|Get-FileHash)(?:\s+(?:-\S{1,40}|\S{0,300}[./*\\]\S{0,300}))+\s*(?:[|>].{0,200})?$)/i,
    'rom-digests',
  ],
  [/^(?:cat|grep|head|tail)\s.{0,200}\/intel-iommu\/cap\s*$/, 'host-file'],
  // What `code43 collect` gathers for people and for the doctor; its facts.txt says what counts here.
  [
    /^(?:code43 (?:collect|agent)\b|(?:uname -sr|cat \/proc\/iomem)$|find \/sys\/bus\/pci\/|grep (?:-s \.|-m 1|-c|\^))/,
    'unknown',
  ],
  [
    /^(?:uname -\w{1,4}|lscpu|cat \/etc\/os-release|qemu-system-x86_64 --?version|kvm --version|ls -\w|nano \/|apt |update-grub|update-initramfs|proxmox-boot-tool|reboot$|shutdown |echo |cat \/|find \/)/,
    null,
  ],
];
const TOPIC =
  /\b(?:dmesg|journal(?:ctl)?|syslog|kernel (?:log|messages?|output|ring)|logs?|lspci|conf(?:ig(?:uration)?)?|xml|command ?line|cmdline|pveversion|output|excerpt|errors?|task|modprobe)\b/i;
const TITLE =
  /^(?:the |my )?(?:host|guest|vm|pve|proxmox|libvirt|qemu|windows|linux|kernel)?(?:['’]s)? ?(?:dmesg|journal|syslog|kernel log|log|config|lspci|xml|command ?line)(?: output| log| excerpt)?$/i;
const KERNEL = /\b(?:dmesg|journal(?:ctl)?|syslog|kernel|logs?)\b/i;
/** A heading that says how things are is a statement, too. */
const STATES =
  /\b(?:code|error \d|works?|working|fails?|failed|fine|clean|nothing|empty|black|crash\w*|no|not|none|43)\b/i;
const RETURNS = /^(?:apt|apt-get|dpkg|dnf|pacman|zypper)\b.*\b(?:back|again|gone|ok(?:ay)?)\b/i;
const GOES_ON = /(?:\b(?:and|then|but|so|afterwards|which)\b|[-=]>|→|[:,;])\s/i;
/** "qm start 100: cannot …" holds the answer of the command. */
const ANSWERED =
  /^[^:|]{4,40}: (?=\S)(?:.{0,40}\b)?(?:cannot|can't|could not|unable to|failed|error:|no such|not present|not viable|timeout)\b/i;
const MOMENT =
  /\b(?:on|at|after|when|while|during|upon|before|once|as)\s+(?:\S{1,20}\s+){0,4}?(?:start|boot|launch|shut|reset|reboot|power|run)\w*(?:\s+(?:the\s+)?(?:vm|guest))?/gi;
const IN_GUEST =
  /\bguest\b|\b(?:in|inside|within|from|of|on)\s+(?:the\s+|my\s+)?(?:\w{1,12}\s+)?(?:vm|virtual machine|windows)\b|^\W{0,8}(?:the\s+|my\s+)?(?:linux\s+|ubuntu\s+|debian\s+|fedora\s+)?vm(?:['’]s)?\s+(?:dmesg|kernel|journal\w*|syslog)/i;
const ON_HOST = /\b(?:host|hypervisor|pve|proxmox|node|unraid|bare.?metal)\b/i;

/** Reads a clean line as a prompt or a heading; null where it is neither. */
export function announcement(text: string): Announcement | null {
  if (text.length > 300) return null;
  return prompt(text) ?? heading(text);
}

function prompt(text: string): Announcement | null {
  for (const pattern of PROMPTS) {
    const match = pattern.exec(text);
    if (match !== null)
      return { by: 'prompt', kind: ofCommand(match[2] ?? '') ?? null, voice: ofHost(match[1] ?? '') };
  }
  const kind = ofCommand(text.replace(BARE_PROMPT, '').trim());
  // "apt install …=10.0.2-4 and it works again" tells how that went.
  if (kind === null && (STATES.test(text) || RETURNS.test(text)) && GOES_ON.test(text)) return null;
  if (kind !== undefined && ANSWERED.test(text)) return null;
  return kind === undefined ? null : { by: 'prompt', kind, voice: null };
}

/** Undefined where it is no command that is known. */
function ofCommand(command: string): PartKind | null | undefined {
  const plain = command.trim().replace(/^(?:sudo|doas)\s+/, '');
  return COMMANDS.find(([pattern]) => pattern.test(plain))?.[1];
}

function ofHost(name: string): Voice {
  if (/pve|prox|host|unraid|tower|hyper/i.test(name)) return 'host';
  return /guest|vm\b|^PS$|^[A-Z]$|windows/i.test(name) ? 'guest' : null;
}

function heading(text: string): Announcement | null {
  const trimmed = text.trim();
  if (trimmed.length > 90 || !TOPIC.test(trimmed) || STATES.test(trimmed)) return null;
  const marked = /^(?:#{1,6}\s|[-=*_~]{2,}|\[)/.test(trimmed) && !/\S:\s+\S/.test(trimmed);
  if (!marked && !/:[*_\s]{0,4}$/.test(trimmed) && !TITLE.test(trimmed)) return null;
  return { by: 'heading', kind: null, voice: KERNEL.test(trimmed) ? voiceOf(trimmed) : null };
}

/** Whose log a text speaks of: `guest dmesg`, but not `dmesg after the VM starts`. */
export function voiceOf(text: string): Voice {
  const without = text.replace(MOMENT, ' ');
  if (ON_HOST.test(without)) return 'host';
  return IN_GUEST.test(without) ? 'guest' : null;
}
