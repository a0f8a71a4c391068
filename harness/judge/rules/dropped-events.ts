import { conclude, fact, rule } from '../rule.ts';

/** A trace that lost events of a boot cannot show that nothing went wrong in it. */
export const droppedEvents = rule({
  id: 'dropped-events',
  start: null,
  conclude: (view) =>
    view.timeline.boots
      .filter((boot) => boot.dropped > 0)
      .map((boot) =>
        conclude('inconclusive', [boot.boot], {
          id: 'trace.dropped',
          severity: 'warning',
          title: 'Events of this boot were dropped',
          detail: 'A channel printed more than a trace keeps, so a pass cannot be claimed.',
          evidence: [fact('recorder', `${boot.dropped} events dropped in boot ${boot.boot + 1}`)],
        }),
      ),
});
