import type { FactValues } from '../../fact.ts';
import { Phrases, wordsOf } from '../phrases.ts';

type Os = FactValues['guestOs'];

const SYSTEMS = new Phrases<Os>({
  windows:
    'windows|windows 11|windows 10|windows 7|windows 8|windows 8.1|win|win11|win10|win7|win8|windows11|windows10|w11|w10|win 11|win 10|windows server|server 2022|server 2019|server 2025|server 2016|ltsc|tiny11|tiny10|win2022|win2019|win2k22|windows vm|iot enterprise',
  linux:
    'linux|ubuntu|debian|fedora|arch|archlinux|mint|linuxmint|pop|pop_os|rocky|rocky linux|almalinux|alma|centos|rhel|opensuse|suse|nixos|libreelec|haos|home assistant|home assistant os|homeassistant|hassos|openmediavault|omv|xpenology|dsm|synology|truenas|batocera|manjaro|endeavouros|alpine|gentoo|kali|zorin|ubuntu server|coreelec|recalbox|steamos|bazzite|chimeraos|android|android-x86|bliss|blissos|debian 12|debian 13|debian 11|talos|flatcar|coreos|fedora coreos|l26|lmde|kubuntu|xubuntu|lubuntu|photon|openwrt|jellyfin|slackware|void|deepin|kylin|uos|raspbian|amazon linux|oracle linux|cachyos|garuda|nobara|k3s|k8s|docker vm|rancher|proxmox backup server|volumio|istoreos',
  macos:
    'macos|osx|os x|hackintosh|sonoma|ventura|monterey|big sur|catalina|mojave|sequoia|high sierra|mac os|tahoe',
  bsd: 'freebsd|opnsense|pfsense|openbsd|netbsd|truenas core|ghostbsd',
  other: 'chromeos|fydeos|reactos|fyde',
});

/** The system that a text names; the words it was told by, for what is only half said. */
export function systemIn(text: string): Os | null {
  return SYSTEMS.tags(text)[0] ?? null;
}

/** Where the name of a system begins. */
const NAME =
  /\b(?:windows|win ?\d|w1[01]|server 20|tiny1|ltsc|[kxl]?ubuntu|debian|fedora|arch|manjaro|haos|home assistant|mac ?os|hackintosh|freebsd|linux mint|mint|pop|nixos|centos|rocky|alma|opensuse|libreelec|talos|xpenology|dsm|android)/i;
const OTHERS_NAME = /\b(?:windows|win ?\d|w1[01]|server 20|tiny1|ltsc|mac ?os|hackintosh|freebsd)\b.*/i;
const END =
  /[,;:()|]| - | \+ |\s(?:with|on|in|and|vm|guest|made|works?|using|as|is|shows?|kernel|driver|desktop vm|boots?|starts?|runs?|gets?|sees?|says?|has|does|doesn't|can't|cannot|fails?|hangs?|crash(?:es)?|freezes?|before|after|now|gave|reports?|no|installer|setup|comes|is|was)\b/i;

/** Where the first word stands that names a system. */
function nameAt(text: string): number {
  const name = SYSTEMS.tag(wordsOf(text)).find(({ tag }) => tag !== null)?.text;
  return name === undefined ? 0 : Math.max(0, text.toLowerCase().indexOf(name));
}

/** `Windows 11 24H2` out of a longer text: from the name on, up to what is no longer it. */
export function systemText(whole: string): string {
  // "Linux guest and a Windows 11 guest" names the first one.
  const text = systemIn(whole) === 'linux' ? whole.replace(OTHERS_NAME, '') : whole;
  const named = text.slice(NAME.exec(text)?.index ?? nameAt(text));
  const words = (named.split(END)[0] ?? named).trim().split(' ').slice(0, 6);
  const foreign = words.findIndex((word, at) => at > 0 && /[^\x20-\x7e]/.test(word));
  return words
    .slice(0, foreign < 0 ? 6 : foreign)
    .join(' ')
    .slice(0, 80);
}
