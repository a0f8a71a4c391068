import type { Quote } from '../../quote.ts';
import { piecesOf } from './pieces.ts';
import { subjectsOf, type Subject } from './subjects.ts';
import { verdictOf, type Verdict } from './verdict.ts';

/** A line as it is read here. */
export interface Line {
  readonly text: string;
  readonly quote: Quote;
}

/** One thing that was tried, or is so: what it is about, and how it goes with it. */
export interface Trial {
  readonly subjects: readonly Subject[];
  readonly verdict: Verdict | null;
  readonly text: string;
  readonly quote: Quote;
  /** The line gives a value to a key: "Guest: Debian 12". */
  readonly keyed: boolean;
}

const AWAY =
  /\b(?:(?:an)?other|second|different|old|previous|friend'?s|new) (?:[\w-]+ )?(?:servers?|box|machines?|hosts?|pcs?|nodes?|computer|laptop|hardware|mini ?pc|cluster|cpu)\b|\bbare[ -]?metal\b|\bnatively\b|\b(?:lxc|container|docker)\b|\bdual[ -]boot|\barc a\d{3}\b|\b(?:nvidia|radeon|quadro|dgpu|[rg]tx ?\d{3,4})\b|裸机|物理机/i;
const KEYED =
  /^(?:my )?(?:[\w./-]+ ){0,3}(?:kernel|guest|vm|os|driver|qemu|pve|proxmox|version|host|machine|gpu|rom|romfile|cpu|haos|module|dkms|uname|客户机|虚拟机|驱动|内核)(?: [\w./()-]+){0,3} ?:/i;
const OF_HOST =
  /^(?:[\w-]+ ){0,2}(?:host|hosts|node|hypervisor|proxmox|pve|server)(?: [\w-]+){0,2} ?:|^linux \S+ \d/i;
const ASKED = /\?\s*$|^(?:should|could|can|would|shall|may|does anyone|has anyone|is it)\b/i;
/** Only looks at the device: whether it can tells of no set-up. */
const TOOL = /\b(?:intel_gpu_top|gputop|nvtop|pmu)\b/i;
const BARE =
  /^(?:(?:on|with|in|under|since|from|mit|auf|unter|using|at|version) ){0,2}v?(20\d\d\.\d\d\.\d\d(?:\.\d{1,2})?|\d{1,2}(?:\.\d{1,4}){1,3}|2\dh[12]|newer|later|older|anything newer|all newer)(?=[\s:]|$)(?! ?(?:gb|mb|ghz|%|hz))/i;

/** The end of a list of versions, with what is said of all of them. */
const LISTED =
  /(?:^|, )v?\d{1,4}(?:[.-]\d{1,4}){1,3}(?:[-+][\w.+~-]{1,40})? ?: *(?:ok\w*|fine|good|works?|passe[ds]|success\w*|fails?|failed|broken|same)\b/i;

/** What a line tells of trials, in order. Pure. */
export function trialsOf({ text, quote }: Line): readonly Trial[] {
  if (ASKED.test(text) || TOOL.test(text)) return [];
  const ofHost = OF_HOST.test(text);
  const keyed = KEYED.test(text);
  const found: { subjects: Subject[]; verdict: Verdict | null; text: string }[] = [];
  for (const piece of piecesOf(text)) {
    if (AWAY.test(piece.text)) break;
    const now = found.at(-1);
    const verdict = verdictOf(piece.text);
    const named = bare(piece.text, verdict, now?.subjects ?? []) ?? subjectsOf(piece.text, ofHost);
    const joins = piece.joined && (verdict === null || now?.verdict === null);
    const goesOn = named.length === 0 || joins || (now?.verdict === null && !clashes(now.subjects, named));
    if (now === undefined || !goesOn) found.push({ subjects: [...named], verdict, text: piece.text });
    else {
      now.subjects.push(...named);
      now.verdict = worse(now.verdict, verdict);
      now.text = `${now.text}, ${piece.text}`;
    }
  }
  // "6.5.0-35, 6.5.0-41, 6.5.0-44: OK" says it of all of them.
  for (const [one, next] of found.map((one, at) => [one, found[at + 1]] as const).toReversed()) {
    if (one.verdict !== null || next === undefined || !LISTED.test(next.text)) continue;
    one.verdict = next.verdict;
    one.text = `${one.text}, ${next.text}`;
  }
  return found.map((trial) => ({ ...trial, quote, keyed }));
}

/** "HAOS 18.0 boots fine, 18.1 hangs": a number alone is of what was spoken of before it. */
function bare(text: string, verdict: Verdict | null, before: readonly Subject[]): readonly Subject[] | null {
  const version = BARE.exec(text)?.[1]?.toLowerCase();
  const [of, ...more] = before.filter(({ value }) => value.version !== null);
  if (version === undefined || verdict === null || of === undefined || more.length > 0) return null;
  const said = /newer|later/.test(version) ? 'newer' : version;
  return [{ kind: of.kind, value: { name: of.value.name, version: said }, before: false }];
}

function clashes(a: readonly Subject[], b: readonly Subject[]): boolean {
  return b.some(({ kind }) => a.some((other) => other.kind === kind));
}

function worse(a: Verdict | null, b: Verdict | null): Verdict | null {
  if (a === null || b === null) return a ?? b;
  return a.outcome === 'fails' ? a : b.outcome === 'fails' ? b : a;
}
