import type { Compared } from '../../fact.ts';
import type { Quote } from '../../quote.ts';
import { mayBeSameGuest } from './guests.ts';
import type { Observed } from './observed.ts';
import { differ, earlier } from './version.ts';

/** What else the lines say, of the whole. */
export interface Around {
  /** Something fails. */
  readonly fails: boolean;
  /** The set-up as a whole is said to work. */
  readonly works: boolean;
  /** Lines that tell of an update of this kind. */
  readonly updates: readonly Quote[];
}

/** Of these a value that is merely named is the present one. */
const VERSIONED: ReadonlySet<Compared> = new Set<Compared>([
  'host-kernel',
  'qemu',
  'guest-kernel',
  'guest-driver',
  'host-driver',
]);
/** Of these only what is newer can have broken it: where the newer one works, it is mended already. */
const NEWER_BREAKS: ReadonlySet<Compared> = new Set<Compared>(['host-kernel', 'qemu']);
const SETTLED =
  /\b(?:fixed|solved|resolved|downgraded|rolled back|went back|reverted|now|finally|gelöst|behoben|jetzt)\b|现在|解决/i;
const ONLY =
  /\bonly (?:works? |boots? |usable |(?:a )?picture )?(?:when |if )?(?:with|on|in|as|under|using)\b|\bonly$|\bnur (?:mit|auf|unter|als)\b|只有/i;
const UNTIL = /\b(?:until|till|bis)\b/i;
const DEVICE =
  /\b(?:[0-9a-f]{4}:[0-9a-f]{4}|i[3579]-\d{4,5}\w{0,2}|n\d{2,4}|j\d{4}|(?:sky|kaby|coffee|comet|ice|rocket|tiger|alder|raptor|gemini|jasper|meteor|arrow|lunar|twin|panther|apollo) ?lake)\b/gi;

/** The lines that show one kind of thing to be at fault; none where they do not. In: what is observed of that kind. */
export function paired(kind: Compared, of: readonly Observed[], around: Around): readonly Quote[] {
  const works = of.filter(({ trial }) => trial.verdict?.outcome === 'works');
  const bad = of.filter(({ trial, before }) => trial.verdict?.outcome === 'fails' && !before);
  const named = of.filter(({ trial, before }) => trial.verdict === null && !before);
  for (const good of works) {
    const past = good.trial.verdict?.past === true;
    if (past && UNTIL.test(good.trial.text)) {
      if (VERSIONED.has(kind)) return [good.trial.quote];
      continue;
    }
    if (SETTLED.test(good.trial.text) && !past) continue;
    if (bad.some((each) => !unlike(each, good)) || isPresent(good, named)) continue;
    const against = (each: Observed) =>
      unlike(each, good) &&
      !works.some((other) => !unlike(other, each)) &&
      !(NEWER_BREAKS.has(kind) && earlier(each.value, good.value) === true);
    const opposite = bad.find((each) => against(each) && nothingElse(good, each));
    if (opposite !== undefined) return [good.trial.quote, opposite.trial.quote];
    const now = named.find((each) => against(each) && sameDevice(good, each));
    const quotes = kind === 'guest' ? ofGuest(good, now, around) : alone(good, now, around);
    if (quotes.length > 0) return quotes;
  }
  return [];
}

/** Another guest works, and the one in question is known; something fails. */
function ofGuest(good: Observed, now: Observed | undefined, { fails }: Around): readonly Quote[] {
  if (now === undefined || !fails) return [];
  const inQuestion = now.trial.keyed || /^.{0,40}\b(?:vm|guest)\b/i.test(now.trial.text);
  return inQuestion ? [good.trial.quote, now.trial.quote] : [];
}

/** It works with this one, and the present one is another, or this one is said to be the only one. */
function alone(good: Observed, now: Observed | undefined, around: Around): readonly Quote[] {
  const { quote, verdict, text } = good.trial;
  const past = verdict?.past === true;
  if (ONLY.test(text)) return [quote];
  if (!VERSIONED.has(good.kind)) return [];
  if (now !== undefined) return past || around.fails || !around.works ? [quote, now.trial.quote] : [];
  if (!past && !around.fails) return [];
  return around.updates.length > 0 ? [quote, ...around.updates] : past && around.fails ? [quote] : [];
}

/** Surely not the same. Versions of QEMU and of Proxmox VE say nothing of each other. */
function unlike(a: Observed, b: Observed): boolean {
  if (a.kind === 'guest') return !mayBeSameGuest(a.value, b.value) || otherWindows(a, b);
  if ((a.kind === 'qemu' || a.kind === 'host-kernel') && a.value.name !== b.value.name) return false;
  return differ(a.value, b.value);
}

/** Windows 10 and 11 are two systems; releases of anything else are one in two versions. */
function otherWindows({ value: a }: Observed, { value: b }: Observed): boolean {
  return (
    a.name === 'windows' &&
    b.name === 'windows' &&
    differ(a, b) &&
    !/h2$/.test(`${a.version ?? ''} ${b.version ?? ''}`)
  );
}

/** A key gives just this value as the present one. */
function isPresent(good: Observed, named: readonly Observed[]): boolean {
  return named.some(
    ({ trial, value }) =>
      trial.keyed &&
      value.name === good.value.name &&
      (good.kind === 'guest' || value.version === good.value.version),
  );
}

/** Nothing else that is named differs between the two. */
export function nothingElse(good: Observed, bad: Observed): boolean {
  return (
    sameDevice(good, bad) &&
    good.beside.every(({ kind, value }) => {
      if (kind === good.kind) return true;
      const others = bad.beside.filter((other) => other.kind === kind);
      return others.length === 0 || others.some((other) => !differ(other.value, value));
    })
  );
}

function sameDevice(good: Observed, bad: Observed): boolean {
  const devices = ({ trial }: Observed) => trial.text.toLowerCase().match(DEVICE) ?? [];
  const [a, b] = [devices(good), devices(bad)];
  return a.length === 0 || b.length === 0 || a.some((device) => b.some((other) => other === device));
}
