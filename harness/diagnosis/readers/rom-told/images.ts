import type { NumberedLine } from '../../part.ts';
import type { RomState } from '../../fact.ts';

const DRIVER = /[\w.+~-]{0,60}\.efi\b/gi;
const BUILT =
  /\befirom\b|\b(?:built|build|made|compiled|packed|wrapped|assembled|put together|contains?|containing|consists?|holds?|inside|only|gebaut)\b/i;
const HANDS_OVER = /igdassignment|igd-?assign|opregiondxe|vfioigd/i;
const DRAWS = /gop(?!policy)/i;

/** Drivers that are named as those that are not in it. */
const LEFT_OUT =
  /\b(?:forgot|without|no|not|missing|lacks?|left out|omitted)\b[^.;,]{0,16}[\w+~-]{1,60}\.efi\b/gi;

/** What the EFI drivers that a ROM is built of lack. */
function ofDrivers(text: string): RomState | null {
  const drivers = [...text.replace(LEFT_OUT, ' ').matchAll(DRIVER)].slice(0, 8).map(([name]) => name);
  if (drivers.length === 0 || !BUILT.test(text)) return null;
  const handsOver = drivers.some((name) => HANDS_OVER.test(name));
  const draws = drivers.some((name) => DRAWS.test(name.replace(/platformgoppolicy/i, '')));
  if (handsOver) return draws ? null : 'no-gop';
  const whole = /\befirom\b/i.test(text)
    ? / -ec? /.test(text)
    : /\bonly\b|\balone\b|nothing else/i.test(text);
  return draws && whole ? 'gop-only' : null;
}

const GOP_ONLY =
  /\b(?:only|just|nothing but|merely|nur)\b (?:(?:has|contains?|holds?|includes?|with|is|in|the|a|an|my|plain|bare|intel|efi|der|den|einen) )*(?:\w{0,8}gop(?:driver)?)\b(?! ?(?:policy|image size))|\bgop[- ]only\b|\bgop(?: driver)? (?:alone|only)\b|\b(?:without|no|lacks?|lacking|missing|left out|forgot|not in it|ohne|kein\w*)\b[^.;]{0,30}\b(?:igdassignment\w{0,8}|assignment (?:driver|dxe|part)|igd (?:driver|part|assignment)|opregion (?:driver|part|dxe))\b|\bigdassignment\w{0,8}\b[^.;]{0,20}\b(?:is |was )?(?:missing|not (?:in|included|there|part)|left out|absent|lacking)\b/i;
const NO_GOP =
  /\bno[-_ ]?gop\b|\b(?:without|lacks?|lacking|missing|left out|omitted|didn['’]t have|don['’]t have|did not have|have no|has no|had no|not include|ohne|kein\w*)\b[^.;,]{0,24}\b(?:intel)?gop\b(?! ?policy)|\bgop(?: driver| part| file)? (?:is |was )?(?:missing|not (?:in|included|there)|left out|absent)\b/i;
const LEGACY =
  /\bno (?:efi|uefi|gop) (?:image|section|part|code|rom)\b|\b(?:efi|uefi) (?:image|section|part) (?:is |was )?(?:missing|absent|not (?:there|found|in it))|\b(?:only|just|nur|pure|plain)\b[^.;]{0,24}\b(?:legacy|pc-?at|csm|x86 pc-at|int ?10h?|type 0{1,2}|bios)\b (?:image|section|part|vbios|rom|code)|\b(?:legacy|pc-?at|csm|type 0{1,2})\b[- ]only\b/i;

/** The GOP driver's own words, and what people say of it. */
const OTHER_GENERATION =
  /\b(?:intel)?gop(?:driver)?\b[^.;]{0,40}\b(?:unsupported|not supported|does(?:n't| not) (?:support|know|recogni[sz]e|bind|attach)|knows? no such|rejects?|refuses|not (?:made )?for|wrong for)\b[^.;]{0,30}(?:\b(?:device|id|ids|generation|igpu|gpu|chip|platform|graphics|cpu)\b|8086:)/i;
/** What is looked for in the file and hands the OpRegion over (fw_cfg's files of QEMU). */
const NOT_IN_IT =
  /\b(?:strings|grep|search(?:ed|ing)?|look(?:ed|ing) for|hexdump|xxd|find|binwalk)\b[^;]{0,50}\betc\/igd-(?:opregion|bdsm\S{0,6})[^;]{0,30}\b(?:nothing|none|not (?:found|there|in it)|no (?:match(?:es)?|hits?|results?|such)|missing|absent|0 (?:hits|matches))\b|\b(?:no|without|lacks?|missing) etc\/igd-opregion\b/i;

/** What images and drivers a line says that the ROM holds, or lacks; null where it says nothing of that. */
export function imagesIn(text: string): RomState | null {
  if (OTHER_GENERATION.test(text)) return 'other-generation';
  if (NOT_IN_IT.test(text)) return 'gop-only';
  if (/\bgop(?:policy| policy)\b/i.test(text) && !DRAWS.test(text.replace(/\w*gop ?policy\w*/gi, ''))) {
    return ofDrivers(text);
  }
  return (
    ofDrivers(text) ??
    (GOP_ONLY.test(text)
      ? 'gop-only'
      : LEGACY.test(text)
        ? 'legacy-only'
        : NO_GOP.test(text)
          ? 'no-gop'
          : null)
  );
}

const PRINTED =
  /\bPCIR: type (\d{1,2}) \(|\bcode type:? {0,3}(?:0x)?(\d{1,2})\b|\btype:? {0,3}(?:0x)?(\d{1,2}) ?\((?:x86|pc-?at|efi|uefi|open ?firmware)/gi;

/** Where `rom-parser` or `EfiRom -d` lists images: none of them is for UEFI. The line of the first one, or null. */
export function legacyListing(lines: readonly NumberedLine[]): NumberedLine | null {
  const images = lines.flatMap((line) => {
    return [...line.text.slice(0, 1_000).matchAll(PRINTED)].map((found) => ({
      line,
      type: Number(found[1] ?? found[2] ?? found[3]),
    }));
  });
  return images.some(({ type }) => type !== 0) ? null : (images[0]?.line ?? null);
}
