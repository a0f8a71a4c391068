import type { Case } from './case.ts';
import type { Claim } from './finding.ts';
import type { FindingId } from './finding-id.ts';

/**
 * From everything known to claims. Pure. A new rule is one file in `rules/` with its tests, and one line in `rules.ts`.
 * A rule claims a `cause` only where the evidence it quotes would convince somebody who knows the field.
 */
export interface Rule {
  readonly id: string;
  /** Every finding it can make. */
  readonly findings: readonly FindingId[];
  conclude(of: Case): readonly Claim[];
}

type Said = Pick<Claim, 'id' | 'severity' | 'title' | 'detail'> & Partial<Claim>;

/** A claim with the usual defaults, so that a rule states only what it has to say. */
export function claim(said: Said): Claim {
  return {
    confidence: 'likely',
    evidence: [],
    fix: null,
    collect: [],
    explains: [],
    answers: [],
    decides: false,
    ...said,
  };
}
