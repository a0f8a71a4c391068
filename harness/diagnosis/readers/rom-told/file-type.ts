import type { RomState } from '../../fact.ts';

/** What `file` calls what is no ROM (file(1), magic/Magdir). */
const PRINTED =
  /(?::|=+>|->|→|=|\b(?:says|said|prints|printed|shows|reports|returns|gives|tells|meint|sagt|показывает|显示))[: ]{1,3}["'`]?(?:(?:X?HTML|XML|SGML|JSON|PDF|ISO-8859|ASCII|Unicode|UTF-8|Zip|gzip|bzip2|XZ|7-zip|RAR|POSIX tar|Zstandard|LZMA|Microsoft Cabinet|Git LFS|ELF|exported SGML|very short file|data or text)\b[^:]{0,200}|Intel serial flash[^:]{0,100})$/i;
const IS = String.raw`\b(?:is|was|are|contains?|holds?|became|turned out|says|shows|reports|got|saved|downloaded|stored|have|has|actually|really|only|just|ist|enthält|open(?:ed|s|ing)?)\b`;
const THING = String.raw`(?:an?|the|some|eine?|die)? ?(?:whole |github |complete |simple |plain |compressed |login |error |404 |not[- ]found )*(?:html?|web ?page|webseite|web site|(?:github )?page\b|zip(?: archive| file)?|rar|7z(?:ip)?|gzip|tar(?:ball|\.gz)?|archive|text file|git[- ]lfs pointer|lfs pointer|pointer file|json|<!doctype)`;
const TOLD: readonly RegExp[] = [
  new RegExp(
    String.raw`${IS}(?: to be| to have been| as| out to be)?(?: (?:in fact|actually|really|just|only))? ${THING}\b`,
    'i',
  ),
  /\b(?:html|web ?page|github page|zip(?: file| archive)?|archive) (?:was |has been )?(?:saved|renamed|stored|downloaded|copied) (?:as|to|into|instead|under)\b/i,
  /\brenam\w{1,4} (?:it |the |from )*(?:\S{0,60}\.)?(?:zip|rar|7z|gz|html?)\b[^.;]{0,20}\b(?:to|as|into)\b/i,
  /\bopens? (?:in|with) (?:a |the |my )?(?:browser|firefox|chrome|winrar|7-?zip|notepad)\b/i,
];
/** The archive or page that a ROM was got from is named by everybody. */
const FROM =
  /\b(?:from|out of|inside|in|of|aus|unpacked|unzipped|extracted|on|via) (?:the |an? |this |that |your |der )?(?:\S{1,40} )?(?:zip|archive|page|web ?page|tar|rar|7z|readme)\b/i;
const EXECUTABLE =
  /\bPE32\+? executable\b|\b(?:EFI|UEFI) (?:boot service driver|executable|binary|application)\b/i;
const RENAMED =
  /\b(?:renam\w{1,4}|umbenannt)\b.{0,60}\.(?:rom|bin)\b|\b(?:cp|mv) \S{1,200}\.efi \S{1,200}\.(?:rom|bin)\b|\b(?:\.?efi|efi (?:file|driver)) (?:file |driver )?(?:directly |itself |as it is |straight )?as (?:the |my |a )?rom(?:file)?\b|\bnot (?:wrapped|packed|converted|made) (?:as|into|to|with|by) (?:an? )?(?:option )?(?:rom|efirom)\b|\bwithout (?:using |running )?efirom\b/i;

/** What sort of file it is, by `file` or in words; null where nothing says so. */
export function fileTypeIn(text: string): { readonly state: RomState; readonly printed: boolean } | null {
  const ofDriver = /\.efi['"]?: /i.test(text);
  if (EXECUTABLE.test(text) && !ofDriver && !/\befirom\b/i.test(text))
    return { state: 'bare-efi', printed: true };
  if (RENAMED.test(text) && /\.?efi\b/i.test(text)) return { state: 'bare-efi', printed: false };
  if (PRINTED.test(text)) return { state: 'no-rom', printed: true };
  if (/: +empty\s*$/.test(text)) return { state: 'empty', printed: true };
  if (FROM.test(text) || /\bnot? (?:an? |any )?(?:html?|zip|text|archive|web ?page)\b/i.test(text))
    return null;
  return TOLD.some((told) => told.test(text)) ? { state: 'no-rom', printed: false } : null;
}
