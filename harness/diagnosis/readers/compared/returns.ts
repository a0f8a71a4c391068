import type { Compared } from '../../fact.ts';
import type { Quote } from '../../quote.ts';
import type { Line } from './trials.ts';
import { piecesOf } from './pieces.ts';
import { saysSame, verdictOf } from './verdict.ts';

/** What a line says of the versions of one thing: which it was changed to, from which. */
interface Pair {
  readonly kind: Compared;
  readonly from: string;
  readonly to: string;
  readonly quote: Quote;
}

const VERSION = String.raw`v?(\d{1,4}(?:\.\d{1,4}){1,3}(?:[-+~][\w.+~-]{1,40})?)`;
/** "A -> B", "A to B", and what apt writes of an upgrade: "pve-qemu-kvm:amd64 (10.0.2-4, 10.1.0-1)". */
const PAIR = new RegExp(
  String.raw`(?<![\w.])${VERSION} ?(?:(?<=\(\S{3,50}),|-+|\bto\b|\bnach\b|\bauf\b|\bzu\b|\bà\b|到|升级到|升到) ?(?:(?:the|new|version|kernel|linux|qemu|pve|proxmox|ve) ){0,3}${VERSION}(?![\w.]*\w)`,
  'gi',
);
/** Whose versions they are, by the last word before them. */
const NAMES: readonly (readonly [Compared | null, RegExp])[] = [
  [null, /\b(?:bios|uefi|firmware|driver|drivers|treiber|guest|vm|haos|ubuntu|macos|windows|virtio)\b/gi],
  ['qemu', /\b(?:pve-)?qemu(?:-\w{1,12})?\b/gi],
  ['qemu', /\b(?:pve-manager|proxmox(?: ve)?|pve|unraid|ve)\b(?!-)/gi],
  ['host-kernel', /\b(?:kernels?|linux(?:-\w{2,8})?|lts|(?:pve|proxmox)-kernel\S{0,30}|uname)\b|内核/gi],
  ['host-driver', /\b(?:i915-sriov-dkms|i915-sriov|dkms)\b/gi],
];
const OF_KERNEL = /pve$|-(?:generic|arch|lts|zen|cloud|unraid)|\.fc\d|\.el\d|[+-](?:deb|amd64|bpo)/i;
const OF_GUEST = /\b(?:guest|vm)(?:'s)? kernel\b|\bkernel (?:in|of|inside) (?:the |my )?(?:guest|vm)\b/i;

function pairsIn({ text, quote }: Line, sriov: boolean): readonly Pair[] {
  if (OF_GUEST.test(text)) return [];
  return [...text.matchAll(PAIR)].flatMap((match) => {
    const [from = '', to = ''] = [match[1]?.toLowerCase(), match[2]?.toLowerCase()];
    const said = OF_KERNEL.test(from) ? 'host-kernel' : namedBefore(text.slice(0, match.index));
    const kind = said === 'qemu' && sriov && !/\bqemu\b/i.test(text) ? 'host-kernel' : said;
    return kind === null || from === to || /^v?[\d.]+ ?[gm]i?b/i.test(text.slice(match.index))
      ? []
      : [{ kind, from, to, quote }];
  });
}

function namedBefore(text: string): Compared | null {
  const last = NAMES.flatMap(([kind, name]) =>
    [...text.matchAll(name)].map(({ index }) => ({ kind, index })),
  ).toSorted((a, b) => b.index - a.index)[0];
  return last?.kind ?? null;
}

const OLD = String.raw`(?:old(?:er)?|previous|prior|former|earlier|last)`;
/** Going back, and what to. */
const BACK = new RegExp(
  String.raw`\b(?:downgrad\w+|rolled back|roll(?:ing)? ?back|went back|going back|go back|back (?:on|to)|revert\w*|reinstall(?:ed|ing)?|pin(?:ned|ning)?|boot(?:ed|ing|s)?|start(?:ed|ing)?|with|on|in|under|using) (?:\S{1,24} ){0,3}?(?:the |my |an? |its )?${OLD} (?:\w{1,10} )?(?:kernel|qemu|version|release|package|one|pve|proxmox)\b|^${OLD} (?:\w{1,10} )?(?:kernel|qemu)\b|^the ${OLD} (?:\w{1,10} )?(?:kernel|qemu)\b|\b(?:downgrad\w+|roll(?:ed|ing)? ?back|revert(?:ed|ing)?|went back|going back|put back|switched back|moved back)\b`,
  'i',
);
const KERNEL = /\bkernels?\b|\d-pve\b|\blinux-(?:lts|zen|image)\b/i;
const QEMU = /\b(?:pve-)?qemu\b/i;
const HELPS =
  /\b(?:helps|helped|cures?|fixes|solves|does the trick|brings? (?:it|everything|the (?:picture|vfs?|gpu)) back|(?:is|it['’]s|came|comes|all|everything|picture|vfs?) back(?! (?:to|on)\b)|are back|back to normal|(?:picture|image|display|output|signal|desktop)(?: is)?(?: there)? again|(?:did not|didn['’]t|does not|doesn['’]t|never) happen(?:s|ed)?(?: (?:there|again|any ?more))?|no (?:more )?(?:freezes?|hangs?|crash(?:es)?|errors?|code 43|black screen))\b/i;
const SETTLED = /\b(?:now|finally|fixed|solved|resolved)\b/i;
const NOT_DONE = /\b(?:should|could|would|will|want|plan\w*|may|might|try(?:ing)?|never|cannot|can't)\b|\?/i;

/**
 * What going back to an older version of a thing shows: "kernel 6.8.12-9 -> 6.8.12-13", "VM black", "booting the old
 * kernel is fine". In: all lines; whether virtual functions are given. Out: the things at fault, with their lines. Where
 * somebody says that it works now the trouble is over, and where the old one fails, too, it is none of it.
 */
export function returned(
  lines: readonly Line[],
  sriov: boolean,
): readonly { readonly value: Compared; readonly quotes: readonly Quote[] }[] {
  const pairs = lines.flatMap((line) => pairsIn(line, sriov));
  const backs = lines.flatMap((line) => {
    const kind = backTo(line, pairs);
    return kind === null ? [] : [{ kind, line, how: wentBack(line) }];
  });
  const failing = lines.filter((line) =>
    fails(backs.some((back) => back.line === line && back.how === 'works') ? beforeIt(line) : line),
  );
  if (failing.length === 0) return [];
  return (['host-kernel', 'qemu', 'host-driver'] as const).flatMap((value) => {
    const of = backs.filter(({ kind }) => kind === value);
    const good = of.filter(({ how }) => how === 'works');
    if (good.length === 0 || of.some(({ how }) => how === 'fails')) return [];
    const quotes = [
      ...pairs.filter(({ kind }) => kind === value).map(({ quote }) => quote),
      ...good.map(({ line }) => line.quote),
    ];
    return [{ value, quotes }];
  });
}

/** Which thing a line tells to have been taken back; null: none. */
function backTo({ text, quote }: Line, pairs: readonly Pair[]): Compared | null {
  if (NOT_DONE.test(text)) return null;
  const named = pairs.find(
    (pair) =>
      pair.quote !== quote &&
      !text.toLowerCase().includes(pair.to) &&
      new RegExp(String.raw`(?<![\w.])${pair.from.replace(/[.+]/g, String.raw`\$&`)}(?![\w.]*\w)`, 'i').test(
        text,
      ),
  );
  if (named !== undefined) return named.kind;
  if (!BACK.test(text)) return null;
  if (QEMU.test(text)) return 'qemu';
  if (KERNEL.test(text)) return OF_GUEST.test(text) ? null : 'host-kernel';
  const kinds = new Set(pairs.map(({ kind }) => kind));
  const [only] = kinds;
  return kinds.size === 1 && !/\bdrivers?\b|\bbios\b|\brom\b/i.test(text) ? (only ?? null) : null;
}

function wentBack({ text }: Line): 'works' | 'fails' | null {
  const verdicts = piecesOf(text).map((piece) => verdictOf(piece.text));
  const alike = saysSame(text.replace(/\bsame (?!issue|problem|result|error|thing|code|symptom)\w+/gi, ''));
  const works = HELPS.test(text) || verdicts.some((one) => one?.outcome === 'works');
  // "The same VM works again" is no "it is the same".
  if (!works && (alike || verdicts.some((one) => one?.outcome === 'fails'))) return 'fails';
  return works && !SETTLED.test(text) ? 'works' : null;
}

/** What a line tells before it goes back: "hangs since then, downgraded and it's back". */
function beforeIt({ text, quote }: Line): Line {
  return { text: text.slice(0, BACK.exec(text)?.index ?? 0), quote };
}

function fails({ text }: Line): boolean {
  return piecesOf(text).some((piece) => {
    const verdict = verdictOf(piece.text);
    return verdict?.outcome === 'fails' && !verdict.past;
  });
}
