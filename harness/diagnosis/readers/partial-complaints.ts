import type { Fact } from '../fact.ts';
import type { Part } from '../part.ts';
import { placed, quoteOf, said } from './reading.ts';

const SOUND =
  /\b(?:sounds?|audio|sound ?cards?|speakers?|aplay|alsa|pulse(?:audio)?|pipewire|snd_hda\w*|ton|klang)\b|\bno (?:audio )?output device\b/i;
const SCREEN =
  /\b(?:bios|uefi|ovmf|edk2?|tianocore|seabios|proxmox (?:logo|splash)|grub\w*|boot ?(?:menu|loader|screen|logo|picture|messages|splash)|firmware (?:logo|screen|picture|setup|menu)|post screen|splash(?: screen)?|passphrase|password prompt|luks|systemd-boot|opencore|refind|bitlocker (?:screen|prompt|pin))\b/i;
const ABSENT =
  /\b(?:never|not|no|nothing|missing|invisible|blind(?:ly)?|dark|black|gone|lost|without|n['’]t|absent|nicht|kein\w*)\b|n['’]t\b/i;
/** Beside these the complaint is about more than sound or the screens before the system. */
const GRAVE =
  /\b(?:code ?\d|error ?43|at all|ever|no (?:picture|image|display|video|signal)|desktop|freez\w*|crash\w*|does(?: not|n['’]t) (?:boot|start)|hangs?|stuck|neither)\b/i;
/** Settings and inventories: "UEFI, no CSM", "without sound passed". */
const SETTING =
  /^\W{0,4}(?:bios|firmware|vm bios|uefi)\s*[:=]|\b(?:csm|secure ?boot|version|above 4g|vt-d|rom)\b/i;

/**
 * Corrects what a line says that only misses the sound, or the screens before the system starts: the graphics work, so
 * no device and no picture of the guest are missing.
 */
export function withPartialComplaints(part: Part, facts: readonly Fact[]): readonly Fact[] {
  return part.lines.reduce<readonly Fact[]>((all, line) => {
    const text = line.text.slice(0, 1_000);
    if (!ABSENT.test(text) || GRAVE.test(text) || /\?\s*$/.test(text)) return all;
    const symptom = SOUND.test(text)
      ? 'no-audio'
      : SCREEN.test(text) && !SETTING.test(text)
        ? 'no-firmware-picture'
        : null;
    const own = all.filter(({ quote }) => quote.line === line.n);
    const misread = own.filter(isMisread);
    if (symptom === null || misread.length === 0) return all;
    const rest = all.filter(
      (fact) => !misread.includes(fact) && !(fact.quote.line === line.n && isFailure(fact)),
    );
    return [...rest, ...placed([said('symptom', symptom)], 'person', quoteOf(part, line))];
  }, facts);
}

function isMisread({ key, value }: Fact): boolean {
  return (
    key === 'symptom' &&
    (value === 'no-device' ||
      value === 'no-picture' ||
      value === 'no-audio' ||
      value === 'no-firmware-picture')
  );
}

function isFailure({ key, value }: Fact): boolean {
  return key === 'outcome' && value === 'fails';
}
