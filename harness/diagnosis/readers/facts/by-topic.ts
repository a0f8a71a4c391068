import { hypervisorIn, cpuIn, modeIn } from './names.ts';
import { addresses, pciIds, vbs, vfs } from './bare.ts';
import { kernelFact } from './versions.ts';
import { biosSettingsIn, primaryIn } from './bios-settings.ts';
import { sure, weak, type Found } from './found.ts';
import { systemIn, systemText } from './guest-os.ts';
import type { Key, Topic } from './keys.ts';
import { romIn } from './rom.ts';

/** What the value of a key says by being the value of that key. What it says anyway, `bareFacts` reads. */
export function byTopic(key: Key, value: string, whole: string): readonly Found[] {
  return READERS[key.topic]?.(value, key, whole) ?? [];
}

type Reader = (value: string, key: Key, whole: string) => readonly Found[];

const NOTHING =
  /^(?:none|no|n\/a|na|nothing|-+|nil|not? any|unused|no other|kein\w{0,2}|only (?:the )?igpu|igpu only|only intel|无|нет|0)$/i;
const VERSION = /^\D{0,24}?(?<![\w.-])v?([1-9]\d?(?:\.\d{1,4}){0,3})(?![\d:])/;

const READERS: Partial<Record<Topic, Reader>> = {
  cpu: (value, { side }) => {
    if (side === 'guest' || NOTHING.test(value) || /\bhost(?:,|$)|kvm64|x86-64-v/i.test(value)) return [];
    return [sure('cpu', cpuIn(value) ?? first(value))];
  },
  pve: (value) => [...version('pveVersion', value), weak('hypervisor', 'proxmox')],
  qemu: (value) => version('qemuVersion', value),
  kernel: (value, { side }) => {
    const release = /(?<![\w.])(\d\.\d{1,3}[\w.+~-]{0,60})/.exec(value)?.[1]?.replace(/[.-]+$/, '');
    return release === undefined ? [] : [kernelFact(release, side)];
  },
  mode: (value, _key, whole) => {
    const mode =
      modeIn(value, true) ?? (/^(?:yes|on|enabled|used|active|ok)\b|^\d/i.test(value) ? modeIn(whole) : null);
    return mode === null ? [] : [mode.sure ? sure('mode', mode.mode) : weak('mode', mode.mode)];
  },
  rom: (value) => romIn(value, true),
  os: (value, { side }) => {
    const os = systemIn(value) ?? (/^(?:1[01]|7|8\.1)\b/.test(value) ? 'windows' : null);
    if (os === null || side === 'host' || /\bhost\b/i.test(value)) return [];
    const fact = side === 'guest' || os === 'windows' ? sure : weak;
    return [fact('guestOs', os), fact('guestOsText', systemText(value))];
  },
  machine: (value) =>
    /q35/i.test(value)
      ? [sure('machine', 'q35')]
      : /440fx|^pc\b|default/i.test(value)
        ? [sure('machine', 'i440fx')]
        : [],
  firmware: (value, _key, whole) => firmware(`${value} ${whole}`),
  bios: (value, _key, whole) => [
    ...biosSettingsIn(/[:=]/.test(value) || biosSettingsIn(value).length > 0 ? value : whole).map((setting) =>
      sure('biosSetting', setting),
    ),
    ...(/ovmf|seabios/i.test(value) ? firmware(value) : []),
    ...primaryOf(whole),
  ],
  driver: driverOf,
  gpu: (value) => [...pciIds(value), ...anyId(value), ...addresses(value)],
  hostDriver: (value) => (/^[\w-]{2,20}$/.test(value) ? [sure('hostDriver', value.toLowerCase())] : []),
  otherGpu: (value) => {
    // "Host GPU: Alder Lake-P" is the iGPU itself.
    if (
      /\b(?:intel|uhd|iris|hd graphics|\w{2,8} ?lake)/i.test(value) &&
      !/nvidia|radeon|amd|arc\b|[rg]tx/i.test(value)
    )
      return [...pciIds(value), ...named(value)];
    if (NOTHING.test(value) || /^(?:no|none|not)\b/i.test(value)) return [];
    return [
      sure('otherGpu', value),
      ...(/\bprimary|host display|boots? on\b/i.test(value) ? [sure('hostPrimary', 'other')] : []),
    ];
  },
  primary: (value, _key, whole) => {
    const primary = primaryIn(/^yes\b/i.test(value) ? whole : value);
    return primary === null ? [] : [sure('hostPrimary', primary)];
  },
  hypervisor: (value, _key, whole) => {
    const name = hypervisorIn(value) ?? hypervisorIn(whole);
    if (name === null) return [];
    return [sure('hypervisor', name), ...(name === 'proxmox' ? version('pveVersion', value) : [])];
  },
  vfs: (value, _key, whole) => {
    const count = /^(\d{1,2})\b/.exec(value)?.[1];
    if (count !== undefined) return [sure('vfs', Number(count))];
    return NOTHING.test(value) ? [sure('vfs', 0)] : vfs(whole);
  },
  commandLine: (value, { side }) =>
    side === 'guest' ? [] : /=|\bquiet\b/.test(value) ? [sure('kernelCommandLine', value)] : [],
  modprobe: (value) =>
    /=|\b(?:options|blacklist|softdep)\b/.test(value)
      ? value.split(/\s*[;|]\s*|,\s*(?=options|blacklist|softdep)/).map((one) => sure('moduleOptions', one))
      : [],
  vbs: (_value, _key, whole) => vbs(whole),
  picture: (value) => {
    if (
      /\b(?:no monitor|headless|not connected|not attached|unplugged|no display attached|nothing connected|none connected|none attached|no screen attached)\b/i.test(
        value,
      )
    )
      return [sure('monitor', false)];
    if (/\b(?:std|virtio|qxl|spice|vnc|serial)\b/i.test(value) || NOTHING.test(value)) return [];
    return /\b(?:hdmi|dp|displayport|dvi|edp|usb-c|vga|dummy|tv|connected|attached|inch|plugged)\b|\d{2}"/i.test(
      value,
    )
      ? [sure('monitor', true)]
      : [];
  },
};

/** The mode that a device is given in, beside its name. */
function named(value: string): readonly Found[] {
  const mode = modeIn(value);
  return mode?.sure === true ? [sure('mode', mode.mode)] : [];
}

function first(value: string): string {
  return (value.split(/[,;]|\s[(-]/)[0] ?? value).trim();
}

function version(key: 'pveVersion' | 'qemuVersion', value: string): readonly Found[] {
  const found = VERSION.exec(value.replace(/\b\d:(?=\d)/, ''))?.[1];
  return found === undefined ? [] : [sure(key, found)];
}

function firmware(text: string): readonly Found[] {
  if (/seabios|legacy bios/i.test(text)) return [sure('firmware', 'seabios')];
  return /ovmf|uefi|edk2|tianocore/i.test(text) ? [sure('firmware', 'ovmf')] : [];
}

function primaryOf(text: string): readonly Found[] {
  const setting = biosSettingsIn(text).find((one) => one.startsWith('primary-display='));
  return setting === undefined ? [] : [sure('hostPrimary', setting.endsWith('igpu') ? 'igpu' : 'other')];
}

const BASIC = /\b(?:basic display|basic adapter|standard vga|basic driver|basic render)\b/i;

function driverOf(value: string, { side }: Key): readonly Found[] {
  const number =
    /(?<![\w.])(\d{1,2}(?:\.\d{1,3}){2}\.\d{3,5}|101\.\d{4}|\d{4}(?=\b(?! ?(?:drivers?|gb))))(?![\w.])/.exec(
      value,
    )?.[1];
  const name = /\b(?:i915|xe|igfxn?|vfio-pci|snd_hda_intel|virtio-gpu|iris|amdgpu|nvidia)\b/i.exec(
    value,
  )?.[0];
  if (side === 'host' || /\bon (?:the )?host\b|^vfio-pci$/i.test(value))
    return name === undefined ? [] : [sure('hostDriver', name.toLowerCase())];
  if (BASIC.test(value))
    return [sure('guestDriver', 'Microsoft Basic Display Adapter'), sure('symptom', 'basic-display')];
  if (number !== undefined) return [sure('guestDriver', number)];
  if (name !== undefined) return [sure('guestDriver', name.toLowerCase())];
  return NOTHING.test(value) || /^(?:not installed|no driver)/i.test(value)
    ? [sure('guestDriver', 'none')]
    : [];
}

/** An id under a key that asks for the device needs no known family; the vendor alone may be left out. */
function anyId(value: string): readonly Found[] {
  const id = /(?<![0-9a-f:.])(?:0x)?([0-9a-f]{4}):(?:0x)?([0-9a-f]{4})(?![0-9a-f:.])/i.exec(value);
  return id === null ? [] : [weak('device', `${id[1] ?? ''}:${id[2] ?? ''}`.toLowerCase())];
}
