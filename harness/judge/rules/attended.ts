import { conclude, fact, rule } from '../rule.ts';

/** A person who could type into the guest took part in what was seen: it decides nothing, for or against. */
export const attended = rule({
  id: 'attended',
  start: null,
  conclude: ({ context, timeline }) =>
    context.console === 'attended' && timeline.boots.length > 0
      ? [
          conclude('inconclusive', [], {
            id: 'run.attended',
            severity: 'info',
            title: 'A person was at the guest’s console: this run decides nothing',
            detail:
              'Each boot is judged by what was seen of it, but a person could have changed anything. Run the cell without a console.',
            evidence: [fact('trace.json', 'console: attended')],
          }),
        ]
      : [],
});
