import * as z from 'zod/mini';

/** Who holds a lease, or held it last, by the words they left on the node. Null: the words say nothing of it. */
export interface LeaseHolder {
  /**
   * The person and machine, such as `ann@desk`. An identity: for the terminal of who waits, never for a trace.
   */
  readonly owner: string | null;
  /** What they do with it: `runs n100-q35`. */
  readonly purpose: string | null;
  /** The id of their run. */
  readonly run: string | null;
  /** Seconds since they took it, by the node's clock. */
  readonly age: number | null;
}

const text = z.string().check(z.maxLength(200), z.regex(/^[^\x00-\x1f\x7f]+$/));
const WhoSchema = z.object({ owner: text, purpose: text, run: text });
/** What an owner says of itself. */
export type LeaseWho = z.infer<typeof WhoSchema>;

/** As `HOLDER_PROGRAM` writes it: since when, in seconds since the epoch; the grant's token; who. */
const SAID = /^(\d{1,12}) ([0-9a-f-]{36}) (\{.{1,900}\}) ?$/;
const NOBODY: LeaseHolder = { owner: null, purpose: null, run: null, age: null };

/** Reads what the file of a lease says. Anything may stand there; what is not an owner's word says nothing. */
export function readLeaseHolder(said: string, now: number): LeaseHolder {
  const [, since, , json = ''] = SAID.exec(said) ?? [];
  const who = WhoSchema.safeParse(parsed(json));
  return since === undefined || !who.success
    ? NOBODY
    : { ...who.data, age: Math.max(0, now - Number(since)) };
}

/** One line of ASCII for the node's file. @throws RangeError a word is empty, too long, or holds control characters */
export function leaseWhoLine(who: LeaseWho): string {
  const { data } = WhoSchema.safeParse(who);
  const line = JSON.stringify(data ?? null).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  if (data === undefined || line.length > 900)
    throw new RangeError(`no words for a lease: ${JSON.stringify(who).slice(0, 300)}`);
  return line;
}

/** A holder in words, without the identity: what may stand in a trace. */
export function leaseHolderText({ purpose, run, age }: LeaseHolder): string {
  if (purpose === null || run === null || age === null) return 'somebody whose words cannot be read';
  return `run ${run}, which ${purpose}, for ${duration(age)}`;
}

/** Seconds as people say them. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
