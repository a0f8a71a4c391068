import { TraceEventSchema, type TraceEvent } from '../../trace/event.ts';
import { BOOT_KINDS, CHANNELS } from '../../trace/words.ts';
import { answerDocument } from './answer-document.ts';
import type { Random } from './random.ts';

/** One event with something in it garbled; it may no longer fit the schema, and then only a reader may see it. */
export function garbled(
  event: TraceEvent,
  random: Random,
): { readonly event: TraceEvent; readonly did: string } {
  const framed = event.ch === 'agent' && event.kind === 'probe' && random.chance(0.5);
  if (framed) return reframed(event, random);
  const { value, did } = garbleIn(withoutPlace(event), random);
  return { event: { ...(value as TraceEvent), n: event.n, t: event.t }, did };
}

export function fitsSchema(event: TraceEvent): boolean {
  return TraceEventSchema.safeParse(event).success;
}

/** Number and time have mutations of their own. */
function withoutPlace(event: TraceEvent): object {
  return Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'n' && key !== 't'));
}

/** The probe's document with one value changed, and a frame that fits again: as somebody would who knows the format. */
function reframed(
  event: Extract<TraceEvent, { kind: 'probe' }>,
  random: Random,
): { readonly event: TraceEvent; readonly did: string } {
  const document = answerDocument(event);
  if (document === undefined) return { event, did: 'nothing, it is no answer' };
  const { value, did } = garbleIn(document, random);
  const text = JSON.stringify(value);
  return { event: { ...event, out: `@@IGPU1 ${text.length}\n${text}\n@@END\n` }, did: `answer's ${did}` };
}

interface Garbled {
  readonly value: unknown;
  readonly did: string;
}

/** Changes one leaf somewhere in plain data, or takes one property away. */
function garbleIn(value: unknown, random: Random): Garbled {
  if (Array.isArray(value))
    return value.length === 0 ? { value: [null], did: '[] → [null]' } : inList(value, random);
  if (typeof value === 'object' && value !== null) return inObject(value, random);
  const changed = leaf(value, random);
  return { value: changed, did: `${short(value)} → ${short(changed)}` };
}

function inList(list: readonly unknown[], random: Random): Garbled {
  const at = random.below(list.length);
  if (random.chance(0.1)) return { value: list.toSpliced(at, 1), did: `[${at}] gone` };
  if (random.chance(0.1)) return { value: list.toSpliced(at, 0, list[at]), did: `[${at}] twice` };
  const { value, did } = garbleIn(list[at], random);
  return { value: list.with(at, value), did: `[${at}]${did.startsWith('[') ? '' : ' '}${did}` };
}

function inObject(object: object, random: Random): Garbled {
  const entries: [string, unknown][] = Object.entries(object);
  if (entries.length === 0) return { value: null, did: '{} → null' };
  const at = random.below(entries.length);
  const [key, inner] = entries[at] ?? ['', null];
  if (random.chance(0.05)) return { value: Object.fromEntries(entries.toSpliced(at, 1)), did: `${key} gone` };
  const { value, did } = garbleIn(inner, random);
  return { value: Object.fromEntries(entries.with(at, [key, value])), did: `${key} ${did}` };
}

/** Words of the format, so that what is garbled is often still read. */
const WORDS: readonly string[] = [
  ...CHANNELS,
  ...BOOT_KINDS,
  ...['boot.begin', 'boot.end', 'boot.skip', 'lab.error', 'stopped', 'dropped', 'info', 'run.end', 'unmet'],
  ...['spawn', 'stderr', 'exit', 'greeting', 'event', 'reply', 'up', 'refused', 'silent', 'probe'],
  ...['RESET', 'SHUTDOWN', 'GUEST_PANICKED', 'qemu-system-x86_64', 'guest-reset', 'host-qmp-system-reset'],
];

function leaf(value: unknown, random: Random): unknown {
  if (random.chance(0.05)) return null;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return text(value, random);
  if (typeof value === 'number')
    return random.pick([0, 1, -1, value + 1, value - 1, value * 2, value + random.fraction(), 43, 1e300]);
  return random.pick([null, 0, '', 43, true, [], {}]);
}

function text(value: string, random: Random): string {
  if (random.chance(0.3)) return random.pick(WORDS);
  if (value === '') return '\0';
  const at = random.below(value.length);
  const piece = random.pick([
    () => value.slice(0, at),
    () => value.slice(at),
    () => value.slice(0, at) + String.fromCharCode(random.below(256)) + value.slice(at + 1),
    () => value.slice(0, at) + String(random.below(10)) + value.slice(at + 1),
    () => value.slice(0, at) + value.slice(at + random.between(1, 8)),
    () => value.slice(0, at) + value.slice(random.below(at + 1)),
    () => value.slice(0, at) + '\ud800\u202e' + value.slice(at),
  ]);
  return piece();
}

function short(value: unknown): string {
  const json = value === undefined ? 'undefined' : JSON.stringify(value);
  return json.length > 40 ? `${json.slice(0, 40)}…` : json;
}
