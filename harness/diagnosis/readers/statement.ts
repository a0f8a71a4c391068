import { said, type Said } from './reading.ts';
import { claimsOf, type Claimed } from './statement/claims.ts';
import { clausesOf, type Clause } from './statement/clauses.ts';

/** What a short statement of success or failure says of the present. */
export interface Statement {
  readonly facts: readonly Said[];
  /** Something in it was understood, though it may say nothing of the present. */
  readonly understood: boolean;
  /** Works only there: on another guest or system than the one in question. */
  readonly elsewhere: boolean;
  /** Its success may be meant of less than the whole: it gives way to any other statement. */
  readonly loose: boolean;
  /** Its failure is that of a program that only looks: what really uses the device may work. */
  readonly tool: boolean;
  /** All its trouble is that of a tool or a container: beside what works it counts for nothing. */
  readonly aside: boolean;
}

interface Spoken {
  readonly clause: Clause;
  readonly claimed: Claimed;
}

/**
 * Reads "no code 43", "had Code 43, fixed", "worked until I updated", "works fine except sound".
 *
 * The grammar, in short. A statement is clauses (cut at `, ; . ( )`, "and", "but", "except"). A clause claims
 * symptoms, success or failure; a negator turns what it reaches (`clauses.ts`). Then the tense: what is *mended* is
 * over, and the present is success; what is *past* is over, and success that is over is failure; "now" ends what
 * stands before it; a symptom that follows success after "but" or "except" does not make the whole fail. Pure.
 */
export function readStatement(text: string): Statement {
  const spoken = clausesOf(text).map((clause) => ({ clause, claimed: claimsOf(clause) }));
  const real = withTense(spoken).filter(
    ({ clause }) => !clause.marks.has('unreal') || clause.items.some(({ tag }) => tag === 'code'),
  );
  const present = withoutAside(inThePresent(real).filter(({ away }) => !away));
  const facts = [...factsOf(present), ...circumstances(real, present)].filter(
    ({ key, value }) => !(key === 'outcome' && value === 'works' && UNDER_CONDITION.test(text)),
  );
  return {
    facts,
    understood: facts.length > 0 || spoken.some(({ clause }) => clause.items.length > 0),
    loose: ON_CONDITION.test(text) || present.every(({ works, part, loose }) => !works || part || loose),
    tool: LOOKS.test(text),
    aside:
      present.some(isTrouble) &&
      (OF_CONTAINER.test(text) ||
        KNOWN.test(text) ||
        present.every((claimed) => claimed.aside || !isTrouble(claimed))),
    elsewhere:
      spoken.some(({ claimed }) => claimed.elsewhere) &&
      (!/\bwin/i.test(text) || present.some(({ fails }) => fails)),
  };
}

function isTrouble({ fails, symptoms }: Claimed): boolean {
  return fails || symptoms.length > 0;
}

/** "Works, only the container does not see it": what is beside it has its own trouble. */
function withoutAside(present: readonly Claimed[]): readonly Claimed[] {
  const works = present.some((claimed) => claimed.works && !claimed.part && !claimed.elsewhere);
  return works ? present.filter((claimed) => !(claimed.aside && isTrouble(claimed))) : present;
}

/** "Plex in docker: no GPU, transcoding fails": all of it is said of the container. */
const OF_CONTAINER =
  /^[^:]{0,40}\b(?:docker|containers?|lxcs?|pods?|(?:gpu|device) plugin|operator|add-?on|kubernetes)\b[^:]{0,24}:/i;

/** "Known issue: some games crash" is told of what works otherwise. */
const KNOWN = /^known\b(?:[^:]{0,20}:| (?:issue|bug|limit|limitation|problem)s?\b)/i;

const SUCCESS: Claimed = {
  symptoms: [],
  code: null,
  noCode: null,
  works: true,
  fails: false,
  part: false,
  loose: false,
  away: false,
  elsewhere: false,
  aside: false,
};
const FAILURE: Claimed = { ...SUCCESS, works: false, fails: true };

/** "Before the update: worked": a clause that says only when passes that on to the next. */
function withTense(spoken: readonly Spoken[]): readonly Spoken[] {
  return spoken.map(({ clause, claimed }, at) => {
    const before = spoken[at - 1]?.clause;
    const only =
      before !== undefined &&
      isOver(before) &&
      before.items.every(({ tag }) => tag === 'update' || tag === 'restart');
    if (only) return { clause: { ...clause, marks: new Set([...before.marks, ...clause.marks]) }, claimed };
    // "Since the upgrade: no picture".
    return before !== undefined && tellsUpdate(before) && !before.items.some(({ tag }) => !isOfUpdate(tag))
      ? {
          clause: {
            ...clause,
            marks: new Set([...clause.marks, 'after' as const]),
            when: [...clause.when, ...before.items],
          },
          claimed,
        }
      : { clause, claimed };
  });
}

function inThePresent(spoken: readonly Spoken[]): readonly Claimed[] {
  const failing = spoken.some(({ claimed }) => claimed.fails);
  const mended = spoken.findIndex(({ clause }) => isMended(clause));
  const turned = spoken.findLastIndex(
    ({ clause, claimed }) => clause.marks.has('now') && (claimed.works || claimed.fails),
  );
  const updated = spoken.findLastIndex(({ clause, claimed }) => claimed.fails && tellsUpdate(clause));
  return spoken.flatMap(({ clause, claimed }, at): readonly Claimed[] => {
    // "Works; since the upgrade it hangs".
    if (at < updated && claimed.works) return [];
    if (isUnmended(clause)) return [FAILURE];
    // "Was fixed for a while, now code 43 again".
    if (at < turned && isMended(clause) && spoken[turned]?.claimed.fails === true) return [];
    if (isMended(clause)) return [{ ...SUCCESS, noCode: codeOf(clause) }];
    const afterwards =
      at > mended && (clause.marks.has('but') || clause.marks.has('now') || clause.marks.has('except'));
    if (mended >= 0 && claimed.fails && !afterwards) return [];
    if (at < turned && (claimed.works || claimed.fails)) return [];
    if (clause.items.some(({ tag, negated }) => tag === 'good-past' && !negated))
      return isOver(clause) ? [FAILURE] : failing ? [] : [claimed];
    if (clause.marks.has('past') && !clause.marks.has('now')) return claimed.works ? [FAILURE] : [];
    if (clause.marks.has('until') && claimed.works) return [FAILURE];
    return [claimed];
  });
}

/** "fixed", "gone", "no longer code 43": something bad is over; "not fixed" and "no longer works" are not that. */
function isMended({ marks, items }: Clause): boolean {
  if (!marks.has('mended') || marks.has('unreal')) return false;
  if (items.some(({ tag }) => tag === 'good' || tag === 'show' || tag === 'start' || tag === 'picture'))
    return false;
  return !marks.has('not') || items.length > 0;
}

function judges(claimed: Claimed | undefined): boolean {
  return claimed !== undefined && (claimed.works || claimed.fails);
}

/** "not fixed yet". */
function isUnmended({ marks, items }: Clause): boolean {
  return marks.has('mended') && marks.has('not') && items.length === 0;
}

function tellsUpdate({ when, items, marks }: Clause): boolean {
  return marks.has('after') && [...when, ...items].some(({ tag }) => tag === 'update');
}

function isOfUpdate(tag: Clause['items'][number]['tag']): boolean {
  return tag === 'update' || tag === 'host' || tag === 'driver' || tag === 'vm';
}

function codeOf({ items }: Clause): number | null {
  return items.find(({ tag }) => tag === 'code')?.code ?? null;
}

function isOver({ marks }: Clause): boolean {
  return marks.has('past') || marks.has('until');
}

function factsOf(present: readonly Claimed[]): readonly Said[] {
  const whole = present.findIndex(({ works, part }) => works && !part);
  const fails = present.some(
    (claimed, at) =>
      claimed.fails &&
      (whole < 0 ||
        at < whole ||
        claimed.code !== null ||
        claimed.symptoms.length === 0 ||
        present[whole]?.loose === true ||
        present[whole]?.elsewhere === true),
  );
  const works =
    whole >= 0 && !(fails && (present[whole]?.loose === true || present[whole]?.elsewhere === true));
  const codes = present.flatMap(({ code }) => (code === null ? [] : [code]));
  const noCode = codes.length === 0 && present.some((claimed) => claimed.noCode !== null);
  return [
    ...present.flatMap(({ symptoms }) => symptoms.map((symptom) => said('symptom', symptom))),
    ...codes.map((code) => said('problemCode', code)),
    ...(noCode ? [said('problemCode', 0)] : []),
    ...(fails ? [said('outcome', 'fails')] : []),
    ...(works ? [said('outcome', 'works')] : []),
  ];
}

const LOOKS = /^.{0,24}\b(?:vainfo|clinfo|intel_gpu_top|glxinfo|vulkaninfo)\b/i;
/** What it does if something is done is not how it is. */
const ON_CONDITION =
  /(?:^|[,;:.] )(?:but |and )?(?:if|wenn|when) (?:i|you|we|it|the|ich|man)\b|^(?:while |during )?(?:the )?(?:windows |os |guest )?(?:installing|installation|install|setup|installer)\b|\b(?:only|just) (?:works?|working|worked|boots?|starts?|runs?|comes? up)\b[^.;]{0,20}\b(?:if|when|with(?:out)?|after|by|under|in|on|unless|using|as)\b/i;

/** "If i915 is blacklisted no crash": how it would be with another setting. */
const UNDER_CONDITION =
  /^\W{0,3}(?:but |and |only |also |so )?(?:if|unless|as long as|falls|wenn) (?!it\b|this\b|that\b|everything\b)[^,;]{2,40}\b(?:is|are|gets?|was|were|stays?|ist|wird) (?:not )?(?:black-?listed|disabled|removed|unplugged|unbound|hidden|detached|unloaded|missing|enabled|set|added|used|given|off|on|out|left out|entfernt|abgeschaltet|gesperrt)\b/i;

/** "broke after an update": when it began. */
function circumstances(spoken: readonly Spoken[], present: readonly Claimed[]): readonly Said[] {
  const updated = spoken.some(({ clause }) =>
    [...clause.when, ...clause.items].some(({ tag }) => tag === 'update'),
  );
  const fails = present.some((claimed) => claimed.fails);
  const again = spoken.some(
    ({ clause, claimed }, at) =>
      [...clause.when, ...clause.items].some(({ tag }) => tag === 'again') &&
      (clause.marks.has('until') || [claimed, spoken[at + 1]?.claimed].find(judges)?.works !== true),
  );
  return [
    ...(updated && fails ? [said('symptom', 'after-update')] : []),
    ...(again && fails ? [said('symptom', 'only-first-boot')] : []),
  ];
}
