import { igpuFamily } from '../../../igpu/families.ts';
import { wordsOf } from '../phrases.ts';
import { biosSettingsIn, primaryIn } from './bios-settings.ts';
import { driverReplacedIn } from './driver-replaced.ts';
import { sure, weak, type Found } from './found.ts';
import { systemIn, systemText } from './guest-os.ts';
import { sideOf, type Side } from './keys.ts';
import { cpuIn, hypervisorIn, modeIn } from './names.ts';
import { romIn } from './rom.ts';
import { versionsIn } from './versions.ts';

/** Everything in a piece of text that says what it is by itself, whatever stands around it. */
export function bareFacts(text: string, side: Side): readonly Found[] {
  const pieces = text
    .split(/[,;()|]|\s[-+/&]\s|\.(?=\s|$)/)
    .flatMap((piece, at, all) => ofPiece(piece, sideOf(wordsOf(piece)) ?? aside(all[at + 1]) ?? side));
  return [...pieces, ...ofWhole(text, side)];
}

/** What punctuation is a part of. */
function ofWhole(text: string, side: Side): readonly Found[] {
  const count = /\bsriov_numvfs\b[ :=-]{1,4}(\d{1,2})$/.exec(text)?.[1];
  const options =
    /(?:^|[\s:,])((?:intel_iommu|i915\.\w{1,30}|vfio-pci\.ids|iommu)=\S{1,80}(?: [\w.-]{1,40}=\S{1,80})*)/.exec(
      text,
    )?.[1];
  return [
    ...driverReplacedIn(text),
    ...(count === undefined ? [] : [sure('vfs', Number(count))]),
    ...(options === undefined || side === 'guest' || /\bguest\b/i.test(text)
      ? []
      : [sure('kernelCommandLine', options)]),
  ];
}

/** "6.1 (guest)": the next piece says only whose it is. */
function aside(next: string | undefined): Side {
  const words = wordsOf(next ?? '');
  return words.length > 0 && words.length <= 2 ? sideOf(words) : null;
}

function ofPiece(piece: string, side: Side): readonly Found[] {
  const cpu = cpuIn(piece);
  const hypervisor = hypervisorIn(piece);
  return [
    ...(cpu === null ? generation(piece) : [sure('cpu', cpu)]),
    ...pciIds(piece),
    ...addresses(piece),
    ...versionsIn(piece, side),
    ...romIn(piece, false),
    ...(hypervisor === null || (hypervisor === 'other' && side === 'guest')
      ? []
      : [sure('hypervisor', hypervisor)]),
    ...system(piece, LED_BY_GUEST.test(piece) ? 'guest' : side),
    ...mode(piece),
    ...vm(piece),
    ...otherVendor(piece),
    ...driverless(piece, side),
    ...bios(piece),
    ...primary(piece),
    ...deviceClass(piece, side),
  ];
}

/** "11th gen Intel": no processor's name, but better than none. */
function generation(piece: string): readonly Found[] {
  const found =
    /\b(?:(?:1\d|[4-9])th[- ]gen(?:eration)? (?:intel|core|i[3579])\b(?: core)?(?: i[3579])?|intel (?:core )?(?:1\d|[4-9])th[- ]gen)/i.exec(
      piece,
    )?.[0];
  return found === undefined ? [] : [weak('cpu', found)];
}

/** Where a text speaks of support or of a module, it names a mode without saying that it is used. */
function mode(piece: string): readonly Found[] {
  const found = modeIn(piece);
  if (found === null || /bios|support|iommu|lspci|capabilit|\blist|\bof (?:that|the other)\b/i.test(piece))
    return [];
  if (/dkms|module/i.test(piece)) return found.mode === 'vf' ? [weak('mode', 'vf')] : [];
  if (found.sure) return [sure('mode', found.mode)];
  return /pass(?:ed)?[- ]?through/i.test(piece) ? [weak('mode', found.mode)] : [];
}

/** A bare device number beside a word for it: `GPU id 0x591d`. */
const NUMBER_ALONE = /(?<![0-9a-f:.])(?:0x)?([0-9a-f]{4})(?![0-9a-f:.])/gi;
const ID = /(?<![0-9a-f:])(8086|10de|1002|1a03):([0-9a-f]{4})(?![0-9a-f:])/gi;
const MAX_IDS = 8;

/** PCI ids of graphics devices; of another vendor's it is the device in question unless the text says otherwise. */
export function pciIds(text: string): readonly Found[] {
  const other = /\b(?:host|other|second|also|dgpu|discrete|primary|besides|additional)\b/i.test(text);
  const ids = [...text.matchAll(ID)].slice(0, MAX_IDS).flatMap(([whole, vendor = '']) => {
    const id = whole.toLowerCase();
    if (vendor === '8086')
      return igpuFamily(id) === null ? [] : [other ? weak('device', id) : sure('device', id)];
    return [other ? sure('otherGpu', text.trim()) : weak('device', id)];
  });
  if (ids.length > 0 || !/\b(?:i?gpu|id|device|graphics|igd)\b/i.test(text)) return ids;
  return [...text.matchAll(NUMBER_ALONE)]
    .slice(0, MAX_IDS)
    .map(([, number = '']) => `8086:${number.toLowerCase()}`)
    .filter((id) => igpuFamily(id) !== null)
    .map((id) => sure('device', id));
}

/** `00:02.0`, and what a function beyond 0 of the iGPU says: a virtual one. */
export function addresses(text: string): readonly Found[] {
  const found = /(?<![0-9a-f.:])(?:0000:)?00:02\.([0-7])(?![0-9a-f])/i.exec(text);
  if (found === null || /\b(?:guest|in (?:the )?vm)\b/i.test(text)) return [];
  return [
    sure('address', `0000:00:02.${found[1] ?? '0'}`),
    ...(found[1] !== '0'
      ? [weak('mode', 'vf')]
      : /\bpass(?:ed|ing)\b(?! just| only)/i.test(text)
        ? [weak('mode', 'whole')]
        : []),
  ];
}

/** "macOS VM: Proxmox logo visible". */
const LED_BY_GUEST = /^[^:]{2,40}\b(?:vm|guest) ?:/i;

function system(piece: string, side: Side): readonly Found[] {
  const os = systemIn(piece);
  // `uname -a` begins with the name of the system, and says nothing of a guest.
  if (os === null || side === 'host' || /^\s{0,4}linux \S{1,60} \d/i.test(piece) || /-pve\b/.test(piece))
    return [];
  if (os !== 'windows' && /\b\d:\d+\.\d|qemu|package/i.test(piece)) return [];
  const named = os !== 'windows' || /win(?:dows)? ?\d|w1[01]|server|ltsc|tiny/i.test(piece);
  const fact = os === 'windows' || side === 'guest' ? sure : weak;
  return [fact('guestOs', os), ...(named ? [fact('guestOsText', systemText(piece))] : [])];
}

function vm(piece: string): readonly Found[] {
  return [
    ...(/\bq35\b/i.test(piece) ? [sure('machine', 'q35')] : []),
    ...(/\b(?:pc-)?i?440fx\b/i.test(piece) ? [sure('machine', 'i440fx')] : []),
    ...(/\b(?:ovmf|tianocore|edk2)\b/i.test(piece) ? [sure('firmware', 'ovmf')] : []),
    ...(/\bseabios\b/i.test(piece) ? [sure('firmware', 'seabios')] : []),
    ...vfs(piece),
    ...vbs(piece),
  ];
}

const VENDORS: readonly (readonly [string, RegExp])[] = [
  ['10de:', /\b(?:nvidia|geforce|quadro|tesla|[rg]tx ?\d{3,4}\w{0,8}|gt ?\d{3,4})\b/i],
  ['1002:', /\b(?:radeon|rx ?\d{3,4}\w{0,4}|vega|navi|ryzen (?:\d |\w{0,6} )?igpu|amd (?:i?gpu|apu))\b/i],
];

/** A further card whose maker is not told. */
const UNNAMED = /\b(?:dgpu|discrete (?:gpu|card|graphics)|dedicated (?:gpu|card|graphics card))\b/i;

/** A card of another vendor: the device in question where it is passed, else another one beside it. */
function otherVendor(piece: string): readonly Found[] {
  const vendor = VENDORS.find(([, name]) => name.test(piece))?.[0];
  if (/\b(?:no|without|not)\b/i.test(piece)) return [];
  if (vendor === undefined)
    return UNNAMED.test(piece) && !/\bpass/i.test(piece) ? [weak('otherGpu', piece.trim())] : [];
  const asked =
    /pass(?:ed|ing)?[- ]?through|\bpass(?:ed|ing)\b|\bvia vfio\b/i.test(piece) &&
    !/\b(?:intel|uhd|another|other)\b/i.test(piece);
  return [asked ? weak('device', vendor) : weak('otherGpu', piece.trim())];
}

/** "lspci in the VM shows no driver in use". */
function driverless(piece: string, side: Side): readonly Found[] {
  return side === 'guest' && /\bno (?:kernel )?driver (?:in use|bound|loaded|attached)\b/i.test(piece)
    ? [sure('guestDriver', 'none')]
    : [];
}

const CLEAR_SETTING = /^(?:vt-d|above-4g|csm|dvmt|resizable-bar|multi-monitor)=/;

/** Outside of a line about the BIOS only settings that nothing else is called like. */
function bios(piece: string): readonly Found[] {
  if (/DMAR|kernel|intel_iommu/.test(piece)) return [];
  return biosSettingsIn(piece)
    .filter((setting) => CLEAR_SETTING.test(setting))
    .map((setting) => sure('biosSetting', setting));
}

const PRIMARY =
  /^\W{0,3}(?:the )?primary is\b|\b(?:primary|boot)[ -](?:graphics|display|gpu|vga)\b|\b(?:is|as|set to) primary\b|\bi?gpu primary\b/i;

/** "host's primary display is the NVIDIA". */
function primary(piece: string): readonly Found[] {
  if (!PRIMARY.test(piece) || /guest|\bvm\b|x-vga|=/i.test(piece)) return [];
  const said = primaryIn(piece.replace(PRIMARY, (words) => (/igpu/i.test(words) ? ' igpu ' : ' ')));
  return said === null ? [] : [sure('hostPrimary', said)];
}

/** "lspci shows Display controller [0380]", "class 0380": the iGPU's, unless another's is meant. */
function deviceClass(piece: string, side: Side): readonly Found[] {
  if (side === 'guest' || !/\bdisplay controller\b|\[0380\]|\bclass (?:is )?(?:0x)?0380/i.test(piece))
    return [];
  if (
    /\b(?:amd|nvidia|radeon|other|second|another|dgpu|discrete|not|no|guest|vm)\b|00:02\.[1-7]/i.test(piece)
  )
    return [];
  return /\[0300\]|:\s*$/.test(piece) ? [] : [sure('deviceClass', '0380')];
}

const NOT_COUNTED = /\b(?:no|not|max|up to|supports?|cannot|can't|echo|get|want|should|tried)\b/i;

/** How many virtual functions there are. */
export function vfs(piece: string): readonly Found[] {
  if (NOT_COUNTED.test(piece)) return [];
  const count =
    /\b(\d{1,2}) ?(?:vfs?\b|vgpus?\b|virtual functions?)/i.exec(piece)?.[1] ??
    /\bvfs? ?#?\d{1,2} of (\d{1,2})\b/i.exec(piece)?.[1] ??
    /\b(?:sriov_numvfs|max_vfs|num_?vfs|vfs)[ :=-]{1,4}(\d{1,2})\b(?![.:]\d)/i.exec(piece)?.[1];
  return count === undefined ? [] : [sure('vfs', Number(count))];
}

const VBS =
  /\b(?:vbs|wsl ?2?|hyper-?v|core isolation|memory integrity|hvci|virtuali[sz]ation[- ]based security|windows hello|device guard|credential guard)\b/i;
const OFF =
  /\b(?:no|not|off|disable[ds]?|without|none|never|uninstall(?:ed|ing)?|remov(?:ed|ing)|disabling|deactivat(?:ed|ing)|isn['’]?t|wasn['’]?t|aren['’]?t|doesn['’]?t|don['’]?t|didn['’]?t|false|kein\w{0,2}|nicht|ohne|aus|deaktiviert|désactivée?|sans|sin|desactivad[oa]|0)\b|关闭|禁用|没有|未/i;
/** Who asks, suspects, or sees no difference does not say that it is on. */
const SUPPOSED =
  /\?|\b(?:suspect\w*|suspicion|maybe|perhaps|may be|might|could (?:it )?be|possibly|probably|guess\w*|wonder\w*|think|thought|assum\w+|blam\w+|heard|read (?:that|about|of)|someone|somebody|if|whether|either|same|no (?:change|difference|effect)|toggl\w+|tried|is it|vielleicht|vermut\w*|verdacht\w*|quizás?|tal vez|peut-être|soupçonn\w*)\b/i;

/** Whether something in the guest itself runs on a hypervisor. */
export function vbs(piece: string): readonly Found[] {
  if (!VBS.test(piece) || /\bhv[-_]|enlighten|vendor|flags/i.test(piece)) return [];
  if (OFF.test(piece)) return [sure('vbs', false)];
  return SUPPOSED.test(piece) ? [] : [sure('vbs', true)];
}
