import { wordsOf } from '../phrases.ts';
import { rewritten } from './rewrite.ts';
import { translate } from './translate.ts';
import { STATEMENT_WORDS, type Word } from './words.ts';

/** One thing that a clause says: a tagged word, or a problem code of Windows. */
export interface Item {
  readonly tag: Exclude<Word, Marker> | 'code';
  /** Problem code, for `code`. */
  readonly code: number | null;
  /** A negator reaches it. */
  readonly negated: boolean;
}

/** Words that say how a clause is meant, not what. */
type Marker =
  | 'over'
  | 'none'
  | 'not'
  | 'mended'
  | 'past'
  | 'until'
  | 'now'
  | 'but'
  | 'except'
  | 'after'
  | 'unreal'
  | 'filler';

export interface Clause {
  readonly items: readonly Item[];
  /** What it says of itself: `mended`, `past`, `now`, … */
  readonly marks: ReadonlySet<Marker>;
  /** What stands after `after`, `when`, `if`: under which circumstance. */
  readonly when: readonly Item[];
}

const MARKERS: ReadonlySet<string> = new Set<Marker>([
  'over',
  'none',
  'not',
  'mended',
  'past',
  'until',
  'now',
  'but',
  'except',
  'after',
  'unreal',
  'filler',
]);
/** Words that a negator may stand before its target: "not at all really seen by". */
const REACH = 4;
/** Problem codes that people are shown; "code 5" of something else is none. */
const CODES = new Set([
  10, 12, 14, 18, 19, 21, 22, 24, 28, 29, 31, 32, 33, 35, 37, 38, 39, 40, 41, 42, 43, 44, 45, 47, 48, 49, 52,
  53, 54, 55,
]);

interface Token {
  readonly tag: Word | 'code' | null;
  readonly code: number | null;
}

/** A sentence as clauses, in order. Pure; never throws. */
export function clausesOf(sentence: string): readonly Clause[] {
  return joined(rewritten(translate(sentence)).split(CUT))
    .flatMap((piece) => cutAt(piece, 'but', 'except'))
    .filter((clause) => clause.length > 0)
    .map(clause);
}

const CUT = /([.!?;,:](?=\s|$)|[()[\]{}|]|\s[-/&+]\s|\b(?<!now |again |over |up )and\b|\bplus\b)/;
/** What passes the clause before it on to the next one, if that only names things. */
const JOINS = /^(?::|\s[/&+]\s|and|plus)$/;
const MAX_LEAD = 10;

/** "Picture in the VM: ok" and "picture and sound: ok" are one clause each: what only names things waits for what is said. */
function joined(pieces: readonly string[]): readonly (readonly Token[])[] {
  const found: Token[][] = [];
  let lead: readonly Token[] = [];
  for (let at = 0; at < pieces.length; at += 2) {
    const asked: readonly Token[] = pieces[at + 1] === '?' ? [{ tag: 'unreal', code: null }] : [];
    const here = [...lead, ...asked, ...tokens(pieces[at] ?? '')];
    lead = [];
    const joins = JOINS.test(pieces[at + 1] ?? '');
    if (joins && isLead(here)) lead = here;
    else {
      found.push(here);
      // "Sometimes after an hour: the picture flickers".
      if (joins) lead = here.filter(({ tag }) => tag === 'sometimes' || tag === 'except');
    }
  }
  return [...found, [...lead]];
}

/** Only names what the next clause speaks of. */
function isLead(all: readonly Token[]): boolean {
  const tagged = all.filter(({ tag }) => tag !== null && tag !== 'filler');
  return (
    all.length <= MAX_LEAD &&
    tagged.length > 0 &&
    tagged.every(({ tag }) => tag !== null && (SUBJECTS.has(tag) || tag === 'sometimes' || tag === 'firstly'))
  );
}

function tokens(piece: string): readonly Token[] {
  const words = wordsOf(piece);
  const found: Token[] = [];
  let plain: string[] = [];
  const flush = () => {
    found.push(...STATEMENT_WORDS.tag(plain).map(({ tag }) => ({ tag, code: null })));
    plain = [];
  };
  for (const word of words) {
    const code = /^code_(\d{1,2})$/.exec(word)?.[1];
    if (code === undefined || !CODES.has(Number(code))) plain.push(word);
    else {
      flush();
      found.push({ tag: 'code', code: Number(code) });
    }
  }
  flush();
  return found;
}

/** Cuts before each of these, which then stand first. */
function cutAt(all: readonly Token[], ...tags: readonly Word[]): readonly (readonly Token[])[] {
  const pieces: Token[][] = [[]];
  for (const token of all) {
    if (tags.some((tag) => tag === token.tag)) pieces.push([]);
    pieces.at(-1)?.push(token);
  }
  return pieces;
}

function clause(heard: readonly Token[]): Clause {
  const all = withOver(heard);
  const [main = [], ...rest] = cutAt(all, 'after', 'until');
  const marks = new Set(all.flatMap(({ tag }) => (isMarker(tag) ? [tag] : [])));
  const when = rest.flatMap(items);
  // "except sound" is "no sound".
  const said = items(
    main[0]?.tag === 'except' && !main.some(isBadThing) ? [{ tag: 'none', code: null }, ...main] : main,
  );
  // "After the driver was installed the screen stays black": the circumstance comes first, and nothing ends it.
  return said.length === 0 && !marks.has('until')
    ? { items: when, marks, when: [] }
    : { items: said, marks, when };
}

/** Things of which it is bad that they are over. */
const GOOD_THINGS: ReadonlySet<string> = new Set([
  'good',
  'show',
  'place',
  'listed',
  'start',
  'install',
  'picture',
  'sound',
  'node',
  'accel',
  'vf',
  'device',
]);
const BAD_THINGS: ReadonlySet<string> = new Set([
  'code',
  'trouble',
  'error',
  'bad',
  'black',
  'garbled',
  'bsod',
  'freeze',
  'loop',
  'basic',
  'sometimes',
  'once',
  'coarse',
]);

/** Such a clause needs no negator: "except: no sound", "except that it flickers". */
function isBadThing({ tag }: Token): boolean {
  return tag === 'not' || tag === 'none' || (tag !== null && BAD_THINGS.has(tag));
}

/** "Code 43 is gone" mends, "/dev/dri is gone" and "no longer works" deny, "does not work anymore" adds nothing. */
function withOver(all: readonly Token[]): readonly Token[] {
  const says = (things: ReadonlySet<string>) => all.some(({ tag }) => tag !== null && things.has(tag));
  const denied = all.some(({ tag }) => tag === 'not' || tag === 'none');
  const as: Word | null = says(BAD_THINGS) || !says(GOOD_THINGS) ? 'mended' : denied ? null : 'none';
  return all.map((token) => (token.tag === 'over' ? { ...token, tag: as } : token));
}

function isMarker(tag: Token['tag']): tag is Marker {
  return tag !== null && MARKERS.has(tag);
}

/** Things that can be there or not; a negator before them goes on to what is said of them. */
const SUBJECTS: ReadonlySet<string> = new Set([
  'picture',
  'sound',
  'node',
  'accel',
  'vm',
  'host',
  'driver',
  'device',
  'vf',
  'remote',
  'early',
  'elsewhere',
  'away',
  'way',
  'thing',
  'side',
  'early-picture',
  'app',
  'tool',
  'beside',
  'other-card',
]);

export function isSubject(tag: Item['tag']): boolean {
  return SUBJECTS.has(tag);
}

/**
 * Which words a negator turns: the next one within reach that says something; of things that are spoken of, also what
 * is said of them ("no device was found"); and where nothing follows, the last one before ("HDMI: none").
 */
function items(all: readonly Token[]): readonly Item[] {
  const negated = new Set<number>();
  const says = (at: number) => {
    const tag = all[at]?.tag;
    return tag !== null && tag !== undefined && !isMarker(tag);
  };
  all.forEach(({ tag }, at) => {
    if (tag !== 'not' && tag !== 'none') return;
    let next = at + 1;
    while (next < all.length && next <= at + REACH && !says(next)) next += 1;
    if (next >= all.length || !says(next)) {
      if (all.slice(at + 1).some((token) => token.tag !== 'filler' && token.tag !== 'after')) return;
      const before = all.slice(0, at).findLastIndex((_, index) => says(index));
      const thing = SUBJECTS.has(all[before]?.tag ?? '');
      if (before >= 0 && (tag === 'none' || !thing)) toggle(negated, before);
      return;
    }
    for (let target = next; target < all.length && (says(target) || target === next); target += 1) {
      toggle(negated, target);
      const here = all[target]?.tag;
      if (here === 'code' || here === null || here === undefined || !SUBJECTS.has(here)) break;
      // "No picture before Windows loads": what follows says when.
      if (here !== 'early' && all[target + 1]?.tag === 'early') break;
      if (!says(target + 1) && says(target + 2) && all[target + 1]?.tag === null) target += 1;
    }
  });
  return all.flatMap(({ tag, code }, at) =>
    tag === null || isMarker(tag) ? [] : [{ tag, code, negated: negated.has(at) }],
  );
}

function toggle(set: Set<number>, value: number): void {
  if (!set.delete(value)) set.add(value);
}
