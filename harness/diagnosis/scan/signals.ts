import type { Part } from '../part.ts';
import { QUOTE_CAP } from '../quote.ts';
import { voiceOf } from '../read/announcement.ts';
import { logLines, type LogLine } from '../read/log-line.ts';
import { wantedOf, type Wanted } from '../read/wanted.ts';
import type { Emitter, Signal, Signals, Signature } from '../signature.ts';
import { matchLine } from '../signature-match.ts';
import { literalsOf } from './literals-of.ts';

/** Signals of one signature that are kept; all are counted. */
const KEPT = 300;
/** Longest message that is matched: no pattern needs more, and none may take long. */
const MESSAGE = 4_000;

/** A person tells that a line is not there: "I do not even see …", "no more …". */
const ABSENT =
  /\b(?:do(?:es)?(?:n't| not)|did(?:n't| not)|never|no longer|not|without) (?:even |any ?more )?(?:see|saw|seeing|get|getting|show|shows|print|prints|have|find) (?:the |that |this |any |an? |even )?(?:["'“«`]|(?:\w{1,12} ){0,3}(?:message|line|warning)s?\b)/i;

const HOST: readonly Emitter[] = ['host-kernel', 'qemu', 'proxmox', 'libvirt'];
const GUEST: readonly Emitter[] = ['guest-kernel', 'guest'];
const ANY: readonly Emitter[] = [...HOST, ...GUEST];

/**
 * Finds every line that a signature matches. Configs and listings are no logs and are not searched; plain facts are,
 * because people write a log's line into a sentence.
 *
 * @param held how many lines of the inputs' logs hold each literal, where not all of them were kept
 */
export function findSignals(
  parts: readonly Part[],
  signatures: readonly Signature[],
  held: ReadonlyMap<string, number> = new Map(),
): Signals {
  const finder = new Finder(signatures);
  for (const part of parts) {
    if (!isSearched(part)) continue;
    for (const line of logLines(part)) finder.line(part, line);
  }
  return finder.signals(held);
}

function isSearched({ kind }: Part): boolean {
  return ['kernel-log', 'guest-kernel-log', 'qemu-log', 'facts', 'device-status', 'unknown'].includes(kind);
}

/** Who may have printed a line of a part. */
function emitters(part: Part, line: LogLine): readonly Emitter[] {
  if (part.kind === 'guest-kernel-log') return GUEST;
  if (part.kind === 'device-status') return ['guest'];
  if (part.kind === 'kernel-log') return part.voice === null ? ANY : HOST;
  // The guest's firmware and its serial console speak there, too.
  if (part.kind === 'qemu-log') return ANY;
  const [, key = ''] = /^([^:]{1,60}):/.exec(line.text) ?? [];
  const voice = voiceOf(key);
  return voice === 'guest' ? GUEST : voice === 'host' ? HOST : ANY;
}

/** Of each literal the places of the signatures that look for it. */
function ownersOf(
  signatures: readonly Signature[],
  literals: readonly string[],
): readonly (readonly number[])[] {
  const owners = new Map<string, number[]>(literals.map((literal) => [literal, []]));
  signatures.forEach((signature, at) => {
    for (const literal of signature.literals) owners.get(literal)?.push(at);
  });
  return [...owners.values()];
}

class Finder {
  private readonly signatures: readonly Signature[];
  private readonly wanted: Wanted;
  private readonly owners: readonly (readonly number[])[];
  private readonly found = new Map<string, { signals: Signal[]; count: number }>();
  private readonly seen = new Set<string>();

  constructor(signatures: readonly Signature[]) {
    this.signatures = signatures;
    const literals = literalsOf(signatures);
    // Readers have looked for the same literals.
    this.wanted = wantedOf(literals);
    this.owners = ownersOf(signatures, literals);
  }

  line(part: Part, line: LogLine): void {
    const candidates = new Set([...this.wanted.in(line.message)].flatMap((id) => this.owners[id] ?? []));
    if (candidates.size === 0 || (part.kind === 'facts' && ABSENT.test(line.text))) return;
    const speakers = emitters(part, line);
    const message = line.message.slice(0, MESSAGE);
    for (const at of [...candidates].sort((a, b) => a - b)) {
      const signature = this.signatures[at];
      if (signature === undefined || !signature.emitters.some((emitter) => speakers.includes(emitter)))
        continue;
      this.match(signature, part.input, line, message);
    }
  }

  private match(signature: Signature, input: string, line: LogLine, message: string): void {
    const captures = matchLine(signature, message);
    // A line that was wrapped comes in every way it may be read.
    const key = `${signature.id}\n${line.n}\n${input}`;
    if (captures === null || this.seen.has(key)) return;
    this.seen.add(key);
    const { id } = signature;
    const entry = this.found.get(id) ?? { signals: [], count: 0 };
    this.found.set(id, entry);
    entry.count += 1;
    if (entry.signals.length >= KEPT) return;
    const { time, boot, device } = line;
    const quote = { input, line: line.n, text: line.text.slice(0, QUOTE_CAP) };
    entry.signals.push({ id, quote, message, captures, time, boot, device });
  }

  signals(held: ReadonlyMap<string, number>): Signals {
    const { found } = this;
    const more = new Map<string, number>();
    for (const { id, literals } of this.signatures) {
      const kept = found.get(id)?.count ?? 0;
      // Of what floods a log not every line was kept; where all kept ones match, the rest is taken to do so, too.
      const lines = literals.reduce((sum, literal) => sum + (held.get(literal) ?? 0), 0);
      if (kept >= 200 && literals.length === 1 && lines > kept) more.set(id, lines);
    }
    return {
      of: (id) => found.get(id)?.signals ?? [],
      count: (id) => more.get(id) ?? found.get(id)?.count ?? 0,
      has: (...ids) => ids.some((id) => found.has(id)),
      ids: [...found.keys()],
    };
  }
}
