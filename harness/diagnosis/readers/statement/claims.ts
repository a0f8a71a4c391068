import type { Symptom } from '../../fact.ts';
import { isSubject, type Clause, type Item } from './clauses.ts';

/** What one clause claims, before the tense of the whole statement is known. */
export interface Claimed {
  readonly symptoms: readonly Symptom[];
  /** Problem code that is there. */
  readonly code: number | null;
  /** Problem code that is said not to be there. */
  readonly noCode: number | null;
  readonly works: boolean;
  readonly fails: boolean;
  /** Only a part is said to work (the VM boots, remote desktop, sound): no success of the whole. */
  readonly part: boolean;
  /** Success that may be meant of less than the whole, such as of the VM or the driver: it gives way to any failure. */
  readonly loose: boolean;
  /** Said of another machine: it counts for nothing here. */
  readonly away: boolean;
  /** The success or failure is of another system than the one in question. */
  readonly elsewhere: boolean;
  /** A failure of a tool or a container only: beside what works it counts for nothing. */
  readonly aside: boolean;
}

/** Symptoms that do not mean that the graphics fail. */
const MILD: ReadonlySet<Symptom> = new Set<Symptom>([
  'no-audio',
  'no-firmware-picture',
  'intermittent',
  'after-update',
  'dma-faults',
]);
/** What may speak of success without its being that of the whole. */
const PARTS: ReadonlySet<string> = new Set([
  'sound',
  'remote',
  'host',
  'early',
  'early-picture',
  'side',
  'tool',
]);

/** What a clause claims. Pure. */
export function claimsOf({ items: all, when, marks }: Clause): Claimed {
  // "DRM does not" is of something that is unknown here.
  const items = all.some(({ tag }) => tag !== 'ellipsis' && tag !== 'thing') ? all : [];
  const code = items.find((item) => item.tag === 'code');
  const symptoms = symptomsOf(items, when).map((symptom) =>
    symptom === 'no-picture' && marks.has('until') && !when.some(isRestart) ? 'no-firmware-picture' : symptom,
  );
  const uses = items.some(({ tag, negated }) => (tag === 'accel' || tag === 'tool') && !negated);
  const good = items.filter((item) => isGood(item) || (uses && item.tag === 'active' && !item.negated));
  const bad = items.some(isBad);
  const subjects = items.filter(
    ({ tag }) =>
      isSubject(tag) &&
      tag !== 'thing' &&
      tag !== 'device' &&
      tag !== 'elsewhere' &&
      tag !== 'away' &&
      tag !== 'way',
  );
  // "Sometimes the picture flickers" is no failure; "sometimes code 43" is.
  const rare =
    symptoms.includes('intermittent') &&
    symptoms.every(
      (symptom) => MILD.has(symptom) || symptom === 'corrupt-picture' || symptom === 'no-picture',
    );
  const minor =
    rare ||
    (marks.has('except') && symptoms.every((symptom) => MILD.has(symptom) || symptom === 'corrupt-picture'));
  const hard =
    symptoms.some((symptom) => !minor && !MILD.has(symptom)) || (code !== undefined && !code.negated);
  const crashed = items.some(({ tag, negated }) => tag === 'freeze' && !negated) && symptoms.length === 0;
  const fails =
    hard || crashed || (bad && symptoms.length === 0) || items.some(({ tag }) => tag === 'coarse');
  const works = good.length > 0 && !fails && symptoms.length === 0;
  return {
    symptoms:
      code === undefined || code.negated
        ? symptoms
        : [...symptoms, code.code === 43 ? 'code-43' : 'problem-code'],
    code: code !== undefined && !code.negated ? code.code : null,
    noCode: code?.negated === true ? code.code : null,
    works,
    fails,
    part:
      works && (onlyParts(items) || onlyBeside(items, subjects) || when.some(({ tag }) => tag === 'side')),
    loose: works && isLoose(items, when),
    away: items.some(({ tag }) => tag === 'away'),
    elsewhere: items.some(({ tag }) => tag === 'elsewhere' || (tag === 'beside' && !fails)),
    aside: !works && [...items, ...when].some(({ tag }) => tag === 'tool' || tag === 'beside'),
  };
}

/** "No picture until the host restarts" is another thing than "no picture until login". */
function isRestart({ tag }: Item): boolean {
  return tag === 'restart' || tag === 'host' || tag === 'again';
}

/** What is said is of sound, remote desktop or the host; a device that works on a certain host is not. */
function onlyBeside(items: readonly Item[], subjects: readonly Item[]): boolean {
  const device = items.some(({ tag }) => tag === 'device' || tag === 'way');
  return subjects.length > 0 && subjects.every(({ tag }) => PARTS.has(tag) && !(device && tag === 'host'));
}

/** A program that uses the device, or a picture, is no half success; the VM's or the driver's, or that of a first start, may be. */
function isLoose(items: readonly Item[], when: readonly Item[]): boolean {
  const has = (...tags: readonly string[]) => items.some(({ tag }) => tags.includes(tag));
  if (has('firstly', 'fair', 'other-card', 'good-past') || when.some(({ tag }) => tag === 'firstly'))
    return true;
  // "GVT-g works" may be said of the way that is not in question.
  if (has('way') && !has('picture', 'accel', 'device', 'vf')) return true;
  return has('vm', 'driver') && !has('picture', 'accel', 'device', 'vf');
}

/** No success of the whole: "no errors", "boots fine", "driver installs fine", a picture in the firmware. */
function onlyParts(items: readonly Item[]): boolean {
  const has = (...tags: readonly string[]) => items.some(({ tag }) => tags.includes(tag));
  if (has('early', 'early-picture')) return true;
  if (has('picture', 'accel')) return false;
  return has('start', 'install', 'show', 'listed') || !has('good', 'fair', 'good-past', 'trouble', 'active');
}

function isGood({ tag, negated }: Item): boolean {
  if (tag === 'good' || tag === 'fair' || tag === 'good-past') return !negated;
  return (tag === 'trouble' || tag === 'error' || tag === 'bad' || tag === 'black') && negated;
}

function isBad({ tag, negated }: Item): boolean {
  if (tag === 'bad' || tag === 'trouble' || tag === 'error' || tag === 'ellipsis') return !negated;
  return (
    (tag === 'good' ||
      tag === 'good-past' ||
      tag === 'help' ||
      tag === 'active' ||
      tag === 'show' ||
      tag === 'place' ||
      tag === 'listed' ||
      tag === 'start') &&
    negated
  );
}

function symptomsOf(items: readonly Item[], when: readonly Item[]): readonly Symptom[] {
  const has = (...tags: readonly string[]) => items.some(({ tag }) => tags.includes(tag));
  const is = (tag: string, negated = false) =>
    items.some((item) => item.tag === tag && item.negated === negated);
  const bad = items.some(isBad);
  const absent = (tag: string) =>
    items.some((item, at) => item.tag === tag && item.negated && !saidOf(items, at));
  const found: Symptom[] = [];
  if (has('code')) return found;
  if (is('bsod')) found.push('bsod');
  if (is('faults')) found.push('dma-faults');
  if (is('no-reboot')) found.push('only-first-boot');
  if (is('software')) found.push('no-acceleration');
  const looped = is('loop') || (is('repeat') && has('restart', 'start'));
  if (looped && !is('freeze')) found.push('reset-loop');
  if (is('basic')) found.push('basic-display');
  if (is('garbled')) found.push('corrupt-picture');
  if (is('sometimes')) found.push('intermittent');
  if (is('once')) found.push('only-first-boot');
  if (is('freeze') && (has('vm', 'host') || !has('accel', 'app'))) found.push(ofFreeze(items));
  if (has('sound')) {
    if (absent('sound') || bad) found.push('no-audio');
  } else if (has('node')) {
    if (has('side') && bad) found.push('no-acceleration');
    else if (absent('node') || bad) found.push('no-render-node');
  } else if (has('accel', 'tool')) {
    if (absent('accel') || absent('tool') || absent('device') || bad || is('freeze'))
      found.push('no-acceleration');
  } else if (has('picture') && is('late')) found.push('no-firmware-picture');
  else if (
    (is('black') && !is('garbled')) ||
    (has('picture') && (absent('picture') || (bad && !is('garbled'))))
  ) {
    found.push(
      has('early', 'early-picture') || when.some(({ tag }) => tag === 'early')
        ? 'no-firmware-picture'
        : 'no-picture',
    );
  } else if (absent('early-picture') || (has('early-picture') && bad)) found.push('no-firmware-picture');
  else if (
    is('pf-only') ||
    (has('vf') &&
      (absent('vf') || (!has('vm') && (is('show', true) || is('place', true) || is('listed', true)))))
  )
    found.push('vfs-missing');
  else if (has('driver')) {
    if (!has('host') && (is('install', true) || (has('install') && bad))) found.push('driver-not-installing');
  } else if (has('device', 'way') && !has('vm', 'host') && is('start', true)) {
    // The passthrough "does not come up": a failure without a name.
  } else if (is('start', true) || (has('start') && has('vm') && bad)) {
    found.push(has('host') && !has('vm') ? 'host-freezes' : 'vm-does-not-start');
  } else if (absent('device') || is('show', true) || is('place', true) || is('listed', true))
    found.push('no-device');
  return found;
}

/** Something is said of the thing at this place: "no device errors" does not say that there is none. */
function saidOf(items: readonly Item[], at: number): boolean {
  const next = items.slice(at + 1).find(({ tag }) => !isSubject(tag));
  return next?.negated === true;
}

/** Who freezes: the last one named before the word, else the first one after it; else the VM. */
function ofFreeze(items: readonly Item[]): Symptom {
  const at = items.findIndex(({ tag }) => tag === 'freeze');
  const who = ({ tag }: Item) => tag === 'host' || tag === 'vm';
  const named = items.slice(0, at).findLast(who) ?? items.slice(at).find(who);
  return named?.tag === 'host' ? 'host-freezes' : 'vm-freezes';
}
