import { CONFIDENCES, SEVERITIES } from '../trace/words.ts';
import type { Case } from './case.ts';
import type { Claim, Severity } from './finding.ts';
import type { FindingId } from './finding-id.ts';
import { outcome, type Outcome } from './outcome.ts';
import { rank, SYMPTOMS_ONLY } from './rank.ts';
import { claim, type Rule } from './rule.ts';
import type { Quote } from './quote.ts';

/** Lines quoted for one finding. */
const EVIDENCE_KEPT = 12;

/**
 * From everything known to a ranked list. Four steps, in this order:
 *
 * 1. every rule says what it claims, and claims of the same thing are put together;
 * 2. what is said to work has no cause of failure; another vendor's card is none of ours;
 * 3. a cause explains its consequences: they are told, and claimed no longer;
 * 4. `works` or `unknown` is added where that is the answer, and all are ranked.
 */
export function reason(of: Case, rules: readonly Rule[]): readonly Claim[] {
  const state = outcome(of);
  const claims = together(rules.flatMap((rule) => rule.conclude(of)));
  const possible = allowed(claims, state);
  const explained = explain(possible);
  const answered = [...explained, ...plainAnswer(explained, of, state)];
  return rank(
    answered.map((claim) => ({ ...claim, evidence: once(claim.evidence).slice(0, EVIDENCE_KEPT) })),
  );
}

/** The answer where no cause is claimed: it works, or nobody can tell from this. */
function plainAnswer(claims: readonly Claim[], of: Case, state: Outcome): readonly Claim[] {
  if (claims.some(({ id, severity }) => severity === 'cause' || id === 'device.other-vendor')) return [];
  const complaints = of.facts.of('symptom').map(({ value }) => value);
  if (of.facts.has('guestSight', 'media-failed') && state !== 'works') complaints.push('no-acceleration');
  const answered = new Set(
    claims.filter(({ severity }) => severity === 'contributing').flatMap(({ answers }) => answers),
  );
  if (complaints.length > 0 && complaints.every((complaint) => answered.has(complaint))) return [];
  // A complaint beside a success takes nothing of it away.
  const beside = state === 'partly' && of.facts.has('outcome', 'works');
  if (state === 'works' || beside) {
    return [
      claim({
        id: 'works',
        severity: 'info',
        confidence: of.facts.of('outcome').some(({ by }) => by === 'machine') ? 'certain' : 'likely',
        title: beside
          ? 'This set-up works, by what is said of it, but for what is complained of'
          : 'This set-up works, by what is said of it',
        detail: 'What looks frightening below appears on working systems, too.',
        evidence: of.facts.quotes('outcome'),
      }),
    ];
  }
  return [
    claim({
      id: 'unknown',
      severity: 'info',
      confidence: 'certain',
      title:
        state === 'unknown'
          ? 'Nothing here shows a failure, or that it works'
          : 'What was given does not decide the cause',
      detail: 'A guess would cost you more than no answer. What to collect next stands at the end.',
    }),
  ];
}

/** One claim a finding: the gravest, the surest; all evidence, each line once. */
function together(claims: readonly Claim[]): readonly Claim[] {
  const byId = new Map<FindingId, Claim>();
  for (const claim of rank(claims)) {
    const known = byId.get(claim.id);
    byId.set(claim.id, known === undefined ? claim : merge(known, claim));
  }
  return [...byId.values()];
}

function merge(first: Claim, second: Claim): Claim {
  return {
    ...first,
    confidence: CONFIDENCES[Math.min(indexOf(first), indexOf(second))] ?? first.confidence,
    evidence: once([...first.evidence, ...second.evidence]),
    fix: first.fix ?? second.fix,
    collect: [...new Set([...first.collect, ...second.collect])],
    explains: [...new Set([...first.explains, ...second.explains])],
    answers: [...new Set([...first.answers, ...second.answers])],
    decides: first.decides || second.decides,
  };
}

function indexOf({ confidence }: Claim): number {
  return CONFIDENCES.indexOf(confidence);
}

function once(quotes: readonly Quote[]): readonly Quote[] {
  return [...new Map(quotes.map((quote) => [`${quote.input}\n${quote.line}`, quote])).values()];
}

function allowed(claims: readonly Claim[], state: Outcome): readonly Claim[] {
  const other = claims.some(({ id }) => id === 'device.other-vendor');
  if (other || state === 'works') return claims.map((claim) => atMost(claim, 'warning'));
  // Between a person's "works" and "fails" a machine that refused decides; what is only concluded does not.
  if (state === 'contradictory')
    return claims.map((claim) => (claim.decides ? claim : atMost(claim, 'warning')));
  // What is merely possible is no claim: a wrong diagnosis costs more than none.
  return claims.map((claim) => (claim.confidence === 'possible' ? atMost(claim, 'contributing') : claim));
}

function atMost(claim: Claim, severity: Severity): Claim {
  const graver = SEVERITIES.indexOf(claim.severity) < SEVERITIES.indexOf(severity);
  return graver ? { ...claim, severity } : claim;
}

function explain(claims: readonly Claim[]): readonly Claim[] {
  const causes = rank(claims)
    .filter(({ id, severity }) => severity === 'cause' && !SYMPTOMS_ONLY.has(id))
    .toSorted((a, b) => Number(isCircumstance(a)) - Number(isCircumstance(b)));
  const explained = new Set<FindingId>();
  // A consequence explains nothing any more, so a chain of causes has one beginning.
  for (const cause of causes)
    if (!explained.has(cause.id)) for (const id of cause.explains) if (id !== cause.id) explained.add(id);
  const anyCause = causes.length > 0;
  const anyOther = causes.some((cause) => !isCircumstance(cause));
  return claims.map((claim) =>
    explained.has(claim.id) ||
    (anyCause && SYMPTOMS_ONLY.has(claim.id)) ||
    (anyOther && isCircumstance(claim))
      ? atMost(claim, 'contributing')
      : claim,
  );
}

/** Most Windows guests have it on: without a trial that shows it, it is no cause beside another one. */
function isCircumstance({ id, confidence }: Claim): boolean {
  return id === 'guest.vbs' && confidence !== 'certain';
}
