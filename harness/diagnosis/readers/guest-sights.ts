import { sure, type Found } from './facts/found.ts';
import { sideOf, type Side } from './facts/keys.ts';
import { BUILD_FAILED, PATTERNS } from './guest-sights/patterns.ts';
import { wordsOf } from './phrases.ts';

/** What a line shows of the inside of a Linux guest, and the line without the clauses that say nothing else. */
export interface Sights {
  readonly found: readonly Found[];
  readonly rest: string;
}

const CLAUSE = /((?:[;,]|\.)\s|\s-\s)/;
const DENIED =
  /\b(?:no|not|never|without|isn't|aren't|doesn't|don't|instead of|unless|until|if|should|want|kein\w{0,2})\b[^,;]{0,20}$/i;
const QUESTION = /\?$|^(?:how|why|does|do|is|can|should|which|what)\b/i;
const PAST = /^(?:before|previously|earlier|at first|initially|originally|vorher)\b/i;
const GONE =
  /\b(?:before|previously|used to|until|was on|no longer|anymore|replaced|instead of|switched from)\b/i;
const OF_HOST =
  /\b(?:on|of|in|from|inside) (?:the |my )?(?:pve |proxmox |unraid )?(?:host|hypervisor)\b|^(?:the )?(?:host|pve|proxmox|hypervisor|unraid)\b|\bhost (?:lspci|lsmod|dmesg|side|shows|has)|\bbare ?metal\b|\bLXC\b|\bPF\b|-pve\b/i;
const OF_GUEST =
  /\b(?:guests?|vms?|virtual machine|containers?|docker|pod|k3s|k8s|kubernetes|allocatable)\b|虚拟机|\bla VM\b|\bгост/i;
const LINUX_GUEST =
  /\b(?:ubuntu|debian|fedora|arch|alpine|flatcar|talos|coreos|haos|dsm|xpenology|truenas|omv|nixos|rocky|manjaro|mint)\b/i;

/** Reads one line of plain facts, as `plainLine` gives it. Pure. */
export function guestSights(line: string): Sights {
  if (QUESTION.test(line) || PAST.test(line)) return { found: [], rest: line };
  const pieces = line.split(CLAUSE);
  const whose = sideOfLine(line);
  const found: Found[] = [];
  const rest = pieces.map((piece) => {
    const side = sideOfLine(piece) ?? whose;
    if (side === 'host') return piece;
    const seen = clauseSights(piece, side);
    found.push(...seen.found);
    return seen.whole ? '' : piece;
  });
  // What several clauses say together, such as a listing after a command.
  if (whose !== 'host') found.push(...clauseSights(line, whose).found);
  return { found: distinct(found), rest: rest.join('').replace(/^[\s,;.-]+|[\s,;-]+$/g, '') };
}

function clauseSights(
  text: string,
  side: Side,
): { readonly found: readonly Found[]; readonly whole: boolean } {
  const found: Found[] = [];
  let whole = false;
  for (const pattern of PATTERNS) {
    const match = pattern.text.exec(text);
    if (match === null || (pattern.guestOnly && side !== 'guest')) continue;
    const before = text.slice(0, match.index);
    if (pattern.positive && (DENIED.test(before) || GONE.test(text))) continue;
    found.push(
      ...pattern.sights.map((sight) => sure('guestSight', sight)),
      ...pattern.symptoms.map((symptom) => sure('symptom', symptom)),
    );
    whole ||= pattern.whole;
  }
  if (!BUILD_FAILED.test(text) || !ofGuest(text, side)) return { found, whole };
  return { found: [...found, sure('guestSight', 'build-failed'), sure('outcome', 'fails')], whole: true };
}

/** A build for a kernel that is not the hypervisor's own is one in a guest. */
function ofGuest(text: string, side: Side): boolean {
  const kernel = /\b\d\.\d{1,2}\.\d{1,3}[\w.+~-]*/.exec(text)?.[0] ?? null;
  if (kernel !== null && /-pve\b|unraid/i.test(kernel)) return false;
  return (
    side === 'guest' ||
    /-(?:generic|amd64|arch\d|zen)\b/.test(kernel ?? '') ||
    /linux-modules-extra|\bin (?:ubuntu|debian|arch|fedora)\b/i.test(text)
  );
}

function sideOfLine(text: string): Side {
  if (OF_GUEST.test(text)) return 'guest';
  if (OF_HOST.test(text)) return 'host';
  return LINUX_GUEST.test(text) ? 'guest' : sideOf(wordsOf(text));
}

function distinct(found: readonly Found[]): readonly Found[] {
  return [...new Map(found.map((one) => [`${one.fact.key} ${String(one.fact.value)}`, one])).values()];
}
