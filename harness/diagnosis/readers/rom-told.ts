import { familyOfProcessor } from '../../igpu/processors.ts';
import type { Fact, RomState } from '../fact.ts';
import type { NumberedLine, Part } from '../part.ts';
import { placed, quoteOf, said, type Said } from './reading.ts';
import { isAboutRom, isDoubted, isMended } from './rom-told/about-rom.ts';
import { fileTypeIn } from './rom-told/file-type.ts';
import { firstBytesIn } from './rom-told/first-bytes.ts';
import { imagesIn, legacyListing } from './rom-told/images.ts';
import { sizeIn } from './rom-told/size.ts';
import { sumIn, sumsDiffer, sumsInLine, unequal } from './rom-told/sums.ts';

/** A line with a finding, printed by a tool, or in somebody's words. */
interface Told {
  readonly at: number;
  readonly state: RomState | 'rom';
}

/**
 * What a person tells of a ROM file that is not given itself, or pasted of the output of `file`, `xxd`, `ls -l`,
 * `sha256sum` and `rom-parser`: what kind of file it is. What was got again since, is asked or is only feared counts
 * for nothing. Pure; never throws.
 */
export function romToldIn(part: Part): readonly Fact[] {
  const { lines } = part;
  const about = lines.map((_, at) => isAboutRom(lines, at));
  const told = lines.flatMap(({ text }, at) => (about[at] === true ? ofLine(text, at) : []));
  const listed = legacyListing(lines);
  const states = [
    ...told,
    ...sums(lines, about),
    ...(listed === null ? [] : [{ at: lines.indexOf(listed), state: 'legacy-only' as const }]),
  ];
  const good = Math.max(-1, ...states.flatMap(({ at, state }) => (state === 'rom' ? [at] : [])));
  const mended = lines.findLastIndex(({ text }) => isMended(text));
  return [
    ...states.flatMap(({ at, state }) =>
      state === 'rom' || at <= mended || (state === 'bare-efi' && at < good)
        ? []
        : facts(part, at, [said('romState', state)]),
    ),
    ...lines.flatMap(({ text }, at) => facts(part, at, madeFor(text))),
  ];
}

function facts(part: Part, at: number, all: readonly Said[]): readonly Fact[] {
  const line = part.lines[at];
  return line === undefined || all.length === 0 ? [] : placed(all, 'person', quoteOf(part, line));
}

function ofLine(whole: string, at: number): readonly Told[] {
  const text = whole.slice(0, 1_000);
  const type = fileTypeIn(text);
  const bytes = firstBytesIn(text);
  const printed = [...(type?.printed === true ? [type.state] : []), ...(bytes === null ? [] : [bytes])];
  if (printed.length > 0) return printed.map((state) => ({ at, state }));
  if (isDoubted(text)) return [];
  const spoken = type?.state ?? sizeIn(text) ?? imagesIn(text);
  return spoken === null ? [] : [{ at, state: spoken }];
}

/** Sums that are said to differ, or that do so by themselves. */
function sums(lines: readonly NumberedLine[], about: readonly boolean[]): readonly Told[] {
  const given = lines.flatMap(({ text }, at) => {
    const found = sumIn(text.slice(0, 1_000));
    return found === null ? [] : [{ ...found, at }];
  });
  const own = given.filter(({ of }) => of === 'own');
  const other = own.find(({ sum }) =>
    given.some((one) => one.of === 'release' && one.sum.length > 0 && unequal(sum, one.sum)),
  );
  const said = lines.flatMap(({ text }, at) =>
    about[at] === true && !isDoubted(text) && differ(text.slice(0, 1_000)) ? [at] : [],
  );
  return [...said, ...(other === undefined ? [] : [other.at])].map((at) => ({ at, state: 'other-digest' }));
}

function differ(text: string): boolean {
  return sumsDiffer(text) || sumsInLine(text);
}

const MADE_FOR =
  /\b(?:rom|vbios|gop|romfile)\b[^.;,]{0,30}\b(?:for|from|of|off|on|meant for|made for|built for|belongs to|vom|für|aus)\b (.{3,60})/i;

/** "the Coffee Lake GOP rom". */
const CALLED =
  /\b(?:the|an?|this|with|use|used|using|given?|took|take|pass|loaded?)\b ((?:[\w.]{1,12}[ -]){0,3}[\w.]{1,12}) (?:(?:gop|option|igd|intel|uefi|custom) ){0,2}(?:rom|vbios|romfile)\b/i;

/** "GOP dumped from my old i7-8700": whose graphics the ROM is for. */
function madeFor(text: string): readonly Said[] {
  if (isDoubted(text) || /\b(?:tried|also|both|several|another|other|different|not|n['’]t)\b/i.test(text))
    return [];
  const rest = MADE_FOR.exec(text)?.[1] ?? CALLED.exec(text)?.[1];
  return rest === undefined || familyOfProcessor(rest) === null ? [] : [said('romFor', rest.trim())];
}
