import { settledBoots } from '../outcome.ts';
import { conclude, quote, rule } from '../rule.ts';

/**
 * A reporter's statement can carry a verdict where no machine evidence exists, marked as such. Where machine
 * evidence or another statement contradicts it, nothing is concluded.
 */
export const statements = rule({
  id: 'statements',
  start: null,
  conclude: (view) => {
    const claims = view.timeline.claims.filter((claim) => claim.says !== null);
    if (claims.length === 0) return [];
    const evidence = claims.slice(0, 5).map((claim) => quote(claim.n, 'statement', claim.text));
    const words = new Set<string | null>(claims.map((claim) => claim.says));
    for (const { on } of settledBoots(view)) words.add(on.reading.state === 'healthy' ? 'works' : 'fails');
    if (words.size > 1) {
      return [
        conclude('inconclusive', [], {
          id: 'statement.contradicted',
          severity: 'warning',
          title: 'What was said and what was seen contradict each other',
          detail: 'Nothing can be concluded before it is known which holds.',
          evidence,
        }),
      ];
    }
    if (words.has('works')) {
      return [
        conclude(null, [], {
          id: 'statement.works',
          severity: 'info',
          title: 'The reporter says that it works',
          detail: 'Nobody here saw it; it carries no count and no bound.',
          evidence,
        }),
      ];
    }
    return [
      conclude('fail', [], {
        id: 'statement.fails',
        severity: 'info',
        title: 'The reporter says that it does not work',
        detail: 'Nobody here saw it; it carries no count and no bound.',
        evidence,
      }),
    ];
  },
});
