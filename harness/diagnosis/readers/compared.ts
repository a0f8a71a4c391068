import type { Compared, Fact } from '../fact.ts';
import type { Part } from '../part.ts';
import { conclude, type Conclusion } from './compared/conclude.ts';
import { returned } from './compared/returns.ts';
import { trialsOf, type Line } from './compared/trials.ts';
import { updateIn } from './compared/updates.ts';
import { piecesOf } from './compared/pieces.ts';
import { blamesVbs } from './compared/vbs.ts';
import { saysSame } from './compared/verdict.ts';
import { plainLine } from './facts/plain-line.ts';
import { quoteOf } from './reading.ts';

const MAX_LINES = 400;
const SRIOV = /\bsr-?iov|\bvfs?\b|\bvf\d|virtual functions?\b/i;

/**
 * Reads what people tell of trials: "was fine on 6.8.12-11-pve", "Windows 11 VM: works" beside "Debian 12 VM: i915 does
 * not load", "Code 43 since I enabled WSL". In: a part of plain facts, all its lines together. Out: what differs between
 * the set-up that works and the one in question, with the lines that show it. Nothing where both work, or the present
 * one does. The order of lines does not matter. Pure; never throws.
 */
export function comparedIn(part: Part): readonly Fact[] {
  if (part.kind !== 'facts') return [];
  const lines = part.lines
    .slice(0, MAX_LINES)
    .map((line): Line => ({ text: plainLine(line.text), quote: quoteOf(part, line) }));
  const trials = lines.flatMap(trialsOf);
  const updates = lines.map(updateIn).filter((update) => update !== null);
  const sriov = lines.some(({ text }) => SRIOV.test(text));
  const blamed = lines.filter(blamesVbs).map(({ quote }) => quote);
  const found: readonly Conclusion[] = [
    ...(blamed.length > 0 ? [{ value: 'vbs', quotes: blamed } as const] : []),
    ...conclude(trials, updates, sriov).filter(
      ({ value }) => !lines.some(({ text }) => isAlike(text, value)),
    ),
    ...returned(lines, sriov),
  ];
  const once = new Map(
    found.flatMap(({ value, quotes }) =>
      quotes.map((quote) => [`${value} ${String(quote.line)}`, { value, quote }] as const),
    ),
  );
  return [...once.values()].map(({ value, quote }) => ({ key: 'compared', value, by: 'person', quote }));
}

/** What each kind is called, for "whatever kernel I try". */
const NOUNS: Readonly<Record<Compared, string>> = {
  'host-kernel': String.raw`(?<!guest )kernels?|-pve|\d\.\d{1,2} tried|内核`,
  'guest-kernel': 'guest kernels?|kernels?',
  qemu: 'qemu|pve|proxmox',
  'guest-driver': 'drivers?|驱动|treiber',
  'host-driver': 'dkms|modules?',
  guest: 'guests?|vms?|windows|linux|ubuntu|debian|iso',
  rom: 'roms?|romfiles?|vbios',
  machine: 'q35|i440fx|machine types?',
  vbs: 'vbs|wsl|hyper-v',
  cpu: 'cpu types?',
};
const WHATEVER =
  'whatever|regardless of(?: the)?|always|every|all|several|many|different|various|both|multiple|older and newer|tried (?:many|all|several)|any';
const ALIKE = new Map(
  Object.entries(NOUNS).map(([kind, noun]) => [
    kind,
    {
      named: new RegExp(String.raw`(?:\b|(?<=\W))(?:${noun})`, 'i'),
      whatever: new RegExp(
        String.raw`\b(?:${WHATEVER}) (?:the |my |intel |kinds of |guest |host |graphics ){0,2}(?:${noun})\b|\b(?:${noun}) (?:is |are |was )?(?:always|never changed|unchanged|does not matter|doesn't matter|tried)\b`,
        'i',
      ),
    },
  ]),
);
const ALSO =
  /\balso (?:tried|tested|fails?|no|not|code|with|on|in|error|black|works?|ok|fine)\b|\btried (?:too|also)\b|\b(?:also|too|same)$|: same\b/i;

/** "6.8.4-3-pve also black": one more release that fails, which is compared by its version. */
const FAILS_ALSO = /^(?:kernel |linux |qemu )?v?\d{1,2}\.\d[\w.+~-]*:? (?:is |was )?also\b/i;

/** A line by which it goes the same way with another one of this kind: then it is not that. */
function isAlike(text: string, kind: Compared): boolean {
  const alike = ALIKE.get(kind);
  if (alike === undefined) return false;
  return (
    alike.whatever.test(text) ||
    (alike.named.test(text) && sameAgain(text)) ||
    piecesOf(text).some(
      (piece) => alike.named.test(piece.text) && ALSO.test(piece.text) && !FAILS_ALSO.test(piece.text),
    )
  );
}

function sameAgain(text: string): boolean {
  return saysSame(
    text.replace(
      /\bsame (?!issue|problem|result|error|thing|behaviou?r|outcome|symptom|here|there|with|in|on|for)\w/gi,
      '',
    ),
  );
}
