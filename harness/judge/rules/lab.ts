import { conclude, fact, quote, rule } from '../rule.ts';
import type { Evidence } from '../result.ts';

interface Memo {
  readonly unmet: readonly Evidence[];
  readonly errors: readonly Evidence[];
  readonly stopped: readonly Evidence[];
  readonly crashes: readonly Evidence[];
}

/** What the lab says of itself: requirements it lacks, its own failures, a person who stopped the run. */
export const lab = rule<Memo>({
  id: 'lab',
  start: { unmet: [], errors: [], stopped: [], crashes: [] },
  step: (memo, event) => {
    if (event.ch !== 'note') return memo;
    if (event.kind === 'unmet') return { ...memo, unmet: [...memo.unmet, quote(event.n, 'host', event.why)] };
    if (event.kind === 'lab.error')
      return { ...memo, errors: [...memo.errors, quote(event.n, 'harness', event.text)] };
    if (event.kind === 'host.crash') {
      const last = event.lines.slice(-3).map((line) => quote(event.n, 'host', line));
      return { ...memo, crashes: [quote(event.n, 'harness', 'the host has another boot id'), ...last] };
    }
    if (event.kind === 'stopped') return { ...memo, stopped: [quote(event.n, 'harness', event.why)] };
    return memo;
  },
  conclude: (view, memo) => [
    ...memo.unmet.slice(0, 1).map((first) =>
      conclude('skip', [], {
        id: 'host.unmet',
        severity: 'info',
        title: `Not run: ${first.text}`,
        detail: 'What the cell needs and this host lacks is never replaced by something else.',
        evidence: memo.unmet,
      }),
    ),
    ...(memo.crashes.length === 0
      ? []
      : [
          conclude('error', [], {
            id: 'host.crash',
            severity: 'warning',
            title: 'The host was restarted in the middle of the run',
            detail:
              'It crashed, or lost its power. One time proves nothing; if it happens again with this device and not without it, its last lines say more.',
            evidence: memo.crashes,
          }),
        ]),
    ...memo.errors.slice(0, 1).map((first) =>
      conclude('error', [], {
        id: 'lab.error',
        severity: 'warning',
        title: `The lab failed: ${first.text}`,
        detail: 'This says nothing about the combination under test.',
        evidence: memo.errors,
      }),
    ),
    ...memo.stopped.map((first) =>
      conclude('inconclusive', [], {
        id: 'run.stopped',
        severity: 'info',
        title: 'The run was stopped before its end',
        detail: first.text,
        evidence: [first],
      }),
    ),
    ...(view.context.events === null
      ? [
          conclude('error', [], {
            id: 'run.unfinished',
            severity: 'warning',
            title: 'The run never ended: its harness was killed',
            detail: 'What it had recorded until then is kept.',
            evidence: [fact('trace.json', 'events: null')],
          }),
        ]
      : []),
  ],
});
