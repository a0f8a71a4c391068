import { Phrases } from '../phrases.ts';
import { sure, type Found } from './found.ts';

const FILE = /[\w.@+~/-]{1,120}\.(?:rom|bin|efi|ffs|dump|vbios|fd)\b/i;
const ROM = /\b(?:rom|romfile|rom-file|vbios|gop|oprom)\b/i;

const WORDS = new Phrases({
  no: "no|none|not|nothing|without|missing|empty|not set|not used|unset|n/a|na|null|off|never|nope|ohne|kein|keine|keins|无|没有|sans|ninguno|didn't|don't|don't use|default|isn't|absent|pas de|pas|没有加|没加|不加|未加|未设置|没有设置|not specified|not configured|not given|omitted|removed|unused|false|0|rombar=0|нет",
  yes: 'yes|both|tried both|tried several|several|different|various|many|set|used|added|given|with|using|present|true|1|loaded|custom|dumped|extracted|ja|provided|attached|configured|same|patched|own|downloaded|built|supplied|gop|是|用了|да|oui|igd|uefi|flashed|compiled|official',
  both: 'with and without|with or without|with/without|unknown|not sure|maybe|whether or not|does not matter|no difference|irrelevant|any',
});

/** A ROM that is merely named as a part of the set-up: "OVMF + ROM file for the iGPU". */
const NAMED =
  /^\W{0,3}(?:and |plus |also )?(?:an? |the |my |own )?(?:(?:igd|gop|option|custom|vbios) )?rom ?files?\b(?= (?:for|of|from|by|in|on)\b|\W{0,3}$)/i;
const ASKED =
  /\?|\b(?:need|which|where|how|what|should|could|would|want|required|looking|get|is there|tried)\b/i;

const DENIED = /\b(?:no|not|without|removed)\b/i;
const TAKEN_OUT =
  /^\W{0,4}(?:(?:is|was|has been|now|but|got|then) )*(?:removed|deleted|unset|taken out|not (?:used|set|given|found|there|loaded|configured|needed|yet|in use)|no longer)/i;

/**
 * Whether a ROM is given to the device. Under a `rom:` key (`keyed`) the value alone says it; elsewhere the text must
 * speak of a ROM file.
 */
export function romIn(text: string, keyed: boolean): readonly Found[] {
  const found = FILE.exec(text);
  const file = found?.[0];
  const isRom = file !== undefined && (keyed || ROM.test(text) || /\.rom$|gop/i.test(file));
  const words = WORDS.tags(text);
  const no = words.includes('no');
  if (words.includes('both') || /\bwith\b.{1,40}\bwithout\b/i.test(text)) return [];
  const before = text.slice(0, (found?.index ?? 0) + (file?.length ?? 0));
  const after = text.slice(before.length);
  if (isRom && !DENIED.test(before) && !TAKEN_OUT.test(after))
    return [sure('romGiven', true), sure('romName', file)];
  if (keyed) {
    if (no) return [sure('romGiven', false)];
    return /^[\s\-–—.]*$/.test(text) ? [sure('romGiven', false)] : [sure('romGiven', true)];
  }
  if (!/\b(?:rom ?files?|rom-file|vbios|(?:gop|option|igd|custom|gpu|vga) rom|rom)\b/i.test(text)) return [];
  if (/\b(?:invalid|signature|header|cd-?rom|error|rombar|eprom)\b/i.test(text)) return [];
  if (/\b(?:not found|could not|cannot|can't|failed|no such|does not exist)\b/i.test(text)) return [];
  // "A ROM without VBT" is one.
  if (/\?\W*$|\brom(?: ?file)? (?:without|with no|that has no|lacks|lacking)\b/i.test(text)) return [];
  // "The reason was the missing ROM": it is there now.
  if (no && /\b(?:was|were|forgot|forgotten|turned out)\b/i.test(text)) return [];
  if (no) return [sure('romGiven', false)];
  if (NAMED.test(text) && !ASKED.test(text)) return [sure('romGiven', true)];
  return words.includes('yes') || /^(?:\S{1,40} ){1,3}rom$/i.test(text.trim())
    ? [sure('romGiven', true)]
    : [];
}
