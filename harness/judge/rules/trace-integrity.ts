import { flawsOf } from '../integrity.ts';
import type { Flaw } from '../integrity/flaw.ts';
import { conclude, fact, quote, rule, type Conclusion } from '../rule.ts';

const TITLES: Readonly<Record<Flaw['kind'], string>> = {
  incomplete: 'Events of this trace are missing',
  disordered: 'The events of this trace are not as they were written down',
};

/** A trace that lost, gained or mixed up events cannot show that nothing went wrong: no pass in any of its boots. */
export const traceIntegrity = rule({
  id: 'trace-integrity',
  start: null,
  conclude: (view) => {
    const flaws = flawsOf(view.integrity, view.context, view.timeline);
    const begun = view.timeline.boots.filter((boot) => boot.skipped === null).map((boot) => boot.boot);
    return (['incomplete', 'disordered'] as const).flatMap((kind) => {
      const ofKind = flaws.filter((flaw) => flaw.kind === kind);
      return ofKind.length === 0 ? [] : [describe(kind, ofKind, begun)];
    });
  },
});

function describe(kind: Flaw['kind'], flaws: readonly Flaw[], boots: readonly number[]): Conclusion {
  return conclude('inconclusive', boots, {
    id: `trace.${kind}`,
    severity: 'warning',
    title: TITLES[kind],
    detail:
      'What is gone or out of place could change any answer, so nothing here passes and no cause is named.',
    boot: null,
    evidence: flaws
      .slice(0, 5)
      .map(({ n, why }) => (n === null ? fact('trace', why) : quote(n, 'trace', why))),
    collect: ['the trace as its recorder wrote it, with the digest that the result names'],
  });
}
