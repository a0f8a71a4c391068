import { conclude, quote, rule } from '../rule.ts';

/** What of the config under test the host could not honour: the run was of a config without it. */
export const notHonoured = rule<readonly { readonly n: number; readonly what: readonly string[] }[]>({
  id: 'not-honoured',
  start: [],
  step: (memo, event) =>
    event.ch === 'note' && event.kind === 'not-honoured' ? [...memo, { n: event.n, what: event.what }] : memo,
  conclude: (_, memo) =>
    memo.slice(0, 1).map(({ n, what }) =>
      conclude(null, [], {
        id: 'config.not-honoured',
        severity: 'warning',
        title: `Not honoured on this host: ${what.join(', ')}`,
        detail: 'The run was of the config without these. Another kind of host may honour them.',
        evidence: [quote(n, 'host', what.join(', '))],
      }),
    ),
});
