import type { FactKey } from '../fact.ts';
import type { NumberedLine, Part } from '../part.ts';
import type { Quote } from '../quote.ts';
import { bareFacts } from './facts/bare.ts';
import { byTopic } from './facts/by-topic.ts';
import { sure, weak, type Found } from './facts/found.ts';
import { systemIn } from './facts/guest-os.ts';
import { keyOf, type Key, type Topic } from './facts/keys.ts';
import { agreed, inQuestion, type FoundLine } from './facts/in-question.ts';
import { guestNamed } from './facts/guest-named.ts';
import { isHardware } from './facts/hardware.ts';
import { plainLine } from './facts/plain-line.ts';
import { inThePresent, timeOf, withoutAdded, type Time } from './facts/in-time.ts';
import { isStep } from './facts/step.ts';
import { guestSights } from './guest-sights.ts';
import { placed, quoteOf, type Reading } from './reading.ts';
import { readStatement, type Statement } from './statement.ts';

/** Of these topics the whole value may be a statement; of the others only symptoms in it count. */
const STATED: ReadonlySet<Topic> = new Set<Topic>(['status', 'picture', 'system']);
/** Of these nothing is read but the value itself. */
const CLOSED: ReadonlySet<Topic> = new Set<Topic>([
  'commandLine',
  'modprobe',
  'bios',
  'primary',
  'otherGpu',
  'rom',
]);
/** Of these a value that leads to nothing is no wonder: the guest's command line, a board's BIOS version. */
const SILENT: ReadonlySet<Topic> = new Set<Topic>(['commandLine', 'modprobe', 'otherGpu', 'cpu']);
/** Of these what follows the answer may be one. */
const TAILED: ReadonlySet<Topic> = new Set<Topic>(['os', 'gpu', 'mode', 'driver', 'hypervisor', 'machine']);
/** A value that these do not understand is not understood at all. */
const FIRM: ReadonlySet<Topic> = new Set<Topic>(['commandLine', 'bios', 'primary', 'otherGpu', 'cpu']);
const MAX_LINES = 400;
const UNSAID =
  /^(?:unknown|\?+|n\/a|na|-+|not? sure|default|defaults|none|no|yes|tbd|unchanged|stock|same|not tested|untested|latest|newest|any|(?:cpu )?host\b.*|kvm64|x86-64-v\d.*)$/i;

interface Line extends FoundLine {
  readonly understood: boolean;
  readonly quote: Quote;
  readonly time: Time;
}
type Understood = Omit<Line, 'quote' | 'guest' | 'time'>;

/**
 * Reads plain facts as people write them at the top of a post: `CPU: N100`, `PVE 9.0`, `no romfile`, `works fine`.
 * Every line that says something and was not understood is handed back. Pure; never throws; the order of lines does
 * not matter.
 */
export function readFacts(part: Part): Reading {
  const lines = inThePresent(part.lines.slice(0, MAX_LINES).map((line) => readLine(part, line)));
  const facts = inQuestion(lines).flatMap((found, at) => {
    const line = lines[at];
    return line === undefined
      ? []
      : placed(
          found.map(({ fact }) => fact),
          'person',
          line.quote,
        );
  });
  return { facts, notUnderstood: lines.filter(({ understood }) => !understood).map(({ quote }) => quote) };
}

function readLine(part: Part, line: NumberedLine): Line {
  const plain = plainLine(line.text);
  const text = withoutAdded(plain);
  const { found: seen, rest } = guestSights(text);
  const read = understand(text);
  // What a guest is seen to lack says how it does; the same words are no second complaint.
  const told = rest === text ? read : understand(rest);
  return {
    ...read,
    aside: told.aside,
    found: agreed([
      ...read.found.filter((one) => !tellsState(one)),
      ...told.found.filter(tellsState),
      ...seen,
    ]),
    understood: read.understood || seen.length > 0,
    guest: guestNamed(text),
    time: timeOf(plain),
    quote: quoteOf(part, line),
  };
}

function tellsState({ fact: { key } }: Found): boolean {
  return key === 'symptom' || key === 'outcome' || key === 'problemCode';
}

const DENIED =
  /\b(?:no|without(?: an?y?)?|missing|kein\w{0,2}|ohne|sans|sin|без) (?:\w{1,10} )?\S*$|(?:无|没有|没加|不加|不带)\s?\S*$/i;

/** Log lines are read elsewhere. */
const LOGGED =
  /^\[\s{0,6}\d{1,7}\.\d{3,6}\]|^\w{3} \d{1,2} \d\d:\d\d:\d\d |^(?:kvm|qemu-system-\w+|vfio-pci|DMAR): |^-?(?:ba|z|da)?sh: |\bInvalid PCI ROM\b|\*ERROR\*/;

function understand(text: string): Understood {
  if (!/[\p{L}\p{N}]/u.test(text) || LOGGED.test(text))
    return { found: [], understood: true, elsewhere: false, aside: false };
  const keyed = splitKey(text);
  if (keyed === null) return loose(text);
  // "OVMF, no romfile: the monitor stays dark": what stands before the colon is said, not asked.
  if (keyed.key.topic === 'rom' && DENIED.test(keyed.before)) return loose(text.replace(/\s*:/, ','));
  // "Windows VM with VF7, cpu: host": the key begins after the comma.
  const comma = keyed.before.lastIndexOf(', ');
  if (comma < 0) return answered(keyed, text);
  const head = loose(text.slice(0, comma));
  const rest = understand(text.slice(comma + 1).trim());
  return {
    found: [...head.found, ...rest.found],
    understood: head.understood || rest.understood,
    elsewhere: head.elsewhere || rest.elsewhere,
    aside: head.aside || rest.aside,
  };
}

function answered({ key, value, before }: Keyed, text: string): Understood {
  if (key.topic === 'whatever')
    return { found: wished(key, value), understood: true, elsewhere: false, aside: false };
  // "Windows 10 guest: picture only after login": the key names the guest, and the value says how it goes.
  if (key.topic === 'os' && key.side === 'guest' && systemIn(before) !== null && !isSystem(value))
    return loose(text, key);
  const answer = byTopic(key, value, text);
  // The value is no answer to its key: "Windows VM with a VF: works" is a statement about it.
  if (answer.length === 0 && value !== '' && !UNSAID.test(value) && !FIRM.has(key.topic))
    return loose(text, key);
  const statement = stated(key, text, value);
  return {
    found: [...answer, ...systemOfKey(key, before), ...others(key, value), ...statement.facts],
    understood:
      answer.length > 0 ||
      SILENT.has(key.topic) ||
      statement.understood ||
      value === '' ||
      UNSAID.test(value),
    elsewhere: statement.elsewhere,
    aside: statement.aside,
  };
}

/** What the value says beside the answer to its key. */
function others({ topic, side }: Key, value: string): readonly Found[] {
  if (CLOSED.has(topic)) return [];
  const rest = topic === 'cpu' ? value.replace(/^[^,;(]*/, '') : value;
  const bare = bareFacts(rest, side ?? (topic === 'os' || topic === 'driver' ? 'guest' : null)).filter(
    ({ fact: { key } }) =>
      !(topic === 'os' && (key === 'guestOs' || key === 'guestOsText')) &&
      !(topic === 'driver' && key === 'guestDriver') &&
      !(topic === 'cpu' && key === 'cpu'),
  );
  return [...bare, ...nested(rest)];
}

/** Keys within a line: "CPU: i3, other GPUs: two RTX 2060". */
function nested(text: string): readonly Found[] {
  return text.split(/[,;|]/).flatMap((piece) => {
    const keyed = /^[^:]{2,30}:/.test(piece) ? splitKey(piece.trim()) : null;
    return keyed === null ? [] : byTopic(keyed.key, keyed.value, piece);
  });
}

interface Stated {
  readonly facts: readonly Found[];
  readonly understood: boolean;
  readonly elsewhere: boolean;
  readonly aside: boolean;
}

function stated({ topic }: Key, text: string, value: string): Stated {
  if (CLOSED.has(topic)) return { facts: [], understood: false, elsewhere: false, aside: false };
  const open = STATED.has(topic) || TAILED.has(topic);
  const said = readStatement(STATED.has(topic) ? joined(text) : TAILED.has(topic) ? tail(value) : value);
  // Beside the answer to another question only a problem code is surely meant.
  const counts = open || said.facts.some(({ key }) => key === 'problemCode');
  return {
    facts: counts ? foundIn(said, text) : [],
    understood: open && said.understood,
    elsewhere: said.elsewhere,
    aside: said.aside,
  };
}

function foundIn({ facts, loose, tool }: Statement, text: string): readonly Found[] {
  return facts.map((fact) => ({
    fact,
    weak: fact.key === 'outcome' && (fact.value === 'works' ? loose || isStep(text) : tool),
  }));
}

/** What stands after the answer: "Ubuntu 24.04, VF works in it". */
function tail(value: string): string {
  return value.replace(/^[^,;(]{0,120}(?:[,;(]|$)/, '');
}

/** Keys that say nothing themselves: "problem: HDMI is fine, but no sound". */
const ASKS =
  /^(?:current |main |my )?(?:problems?|issues?|errors?|symptoms?|failures?|faults?|status|state|results?) ?:\s*/i;

/** "HDMI audio: not there" is one clause. */
function joined(text: string): string {
  const bare = text.replace(ASKS, '');
  return /^(?:none|no|keine?)$/i.test(bare)
    ? text.replace(':', ' ')
    : bare.replace(/^(\S{1,30}(?: \S{1,30})?):\s/, '$1 ');
}

/** A line without a key that is known, or whose value is no answer to it: what it names, and what it states. */
function loose(text: string, key: Key | null = null): Understood {
  const named = [...bareFacts(text, key?.side ?? null), ...nested(text.replace(/^[^,;|]*/, ''))];
  const spoken = withoutSettings(key === null ? text : joined(text));
  const statement = readStatement(
    named.some(({ fact }) => fact.key === 'cpu' || fact.key === 'otherGpu' || fact.key === 'device')
      ? spoken.replace(LACKING, ' ')
      : spoken,
  );
  const question = /\?$/.test(text);
  // "With 6.8.12-11 it works" tells what was tried, not what is there.
  const tried =
    TRIED.test(text) && statement.facts.some(({ key: of, value }) => of === 'outcome' && value === 'works');
  return {
    found: [
      ...named
        .filter(({ fact }) => !question || !VERSIONS.has(fact.key))
        .map((one) => (tried && VERSIONS.has(one.fact.key) ? { ...one, weak: true } : one)),
      ...foundIn(statement, text),
    ],
    understood: named.length > 0 || statement.understood || isHardware(text),
    elsewhere: statement.elsewhere,
    aside: statement.aside,
  };
}

const TRIED = /^(?:with|on|under|using|in)\b|\b(?:with|on|under|using) (?:[a-z]{1,10} ){0,3}v?\d{1,2}\.\d/i;
const VERSIONS: ReadonlySet<FactKey> = new Set<FactKey>([
  'kernel',
  'guestKernel',
  'pveVersion',
  'qemuVersion',
  'guestDriver',
]);

/** Beside a processor's name it tells what the host has: "Xeon D, no iGPU". */
const LACKING = /\b(?:no|without(?: an?)?|has no) i?gpus?\b(?=[,;.)]|$)/gi;

/** From here on a log speaks, whose errors are read elsewhere. */
const QUOTED = /\b(?:TASK ERROR|GT\d|GUC|DMAR|amdgpu|vfio-pci|vfio [\da-f:.]{7,12}): .*|\[drm\].*/;

/** "VT-d ok" is a setting and says nothing of how it goes. */
function withoutSettings(text: string): string {
  return text
    .replace(QUOTED, ' ')
    .replace(
      /[^,;.]{0,40}\b(?:vt-d|csm|secure boot|above 4g|iommu(?! (?:page )?(?:fault|error)s?))\b[^,;.]{0,20}/gi,
      ' ',
    );
}

/** Begins with a system's name or its release. */
function isSystem(value: string): boolean {
  return /^\d/.test(value) || systemIn(value.split(' ').slice(0, 3).join(' ')) !== null;
}

/** "win10 driver: 31.0.101.4953" names the guest in its key. */
function systemOfKey({ topic, side }: Key, before: string): readonly Found[] {
  const os = topic === 'os' || side === 'host' ? null : systemIn(before);
  return os === 'windows' || os === 'macos' ? [sure('guestOs', os)] : [];
}

/** Of what is wanted only the way counts: "goal: SR-IOV VFs". */
function wished({ side }: Key, value: string): readonly Found[] {
  return bareFacts(value, side).flatMap(({ fact }) =>
    fact.key === 'mode' ? [weak('mode', fact.value)] : fact.key === 'cpu' ? [{ fact, weak: true }] : [],
  );
}

interface Keyed {
  readonly key: Key;
  readonly value: string;
  readonly before: string;
}

/** How a key is set off: a colon; or, where the key is well known by exactly these words, `=`, `|`, a dash. */
function splitKey(text: string): Keyed | null {
  const [, before, mark, after] = /^([^:=|]{1,60}?)\s*([:=|](?!\/\/)|\s-\s)\s*(.*)$/.exec(text) ?? [];
  if (before === undefined || mark === undefined || after === undefined || /\d$/.test(before)) return null;
  const key = keyOf(before, mark !== ':');
  return key === null ? null : { key, value: after.trim(), before };
}
