import { settled } from '../settle.ts';
import { conclude, quote, rule, type Conclusion, type View } from '../rule.ts';
import type { Boot, Reading } from '../boot.ts';
import { endingOf } from '../ending.ts';

/** One good answer proves nothing: what never settled, what came and went. */
export const settling = rule({
  id: 'settling',
  start: null,
  conclude: (view) =>
    view.timeline.boots.flatMap((boot) => {
      if (boot.readings.length === 0) return [];
      return settled(boot, view.context.cell.settle) === null ? unsettled(boot, view) : recovered(boot);
    }),
});

function unsettled(boot: Boot, view: View): readonly Conclusion[] {
  // Something else cut the boot short, and is said elsewhere.
  if (boot.ended === null || boot.stopped || endingOf(boot, boot.ended) !== null) return [];
  const { unchanged } = view.context.cell.settle;
  const changes = changesOf(boot.readings);
  const last = boot.readings.at(-1);
  // That is told where the refused probe is: it is why only fall-backs answered.
  if (last?.state === 'unknown' && last.weak) return [];
  if (last?.state === 'not-ready') {
    return [
      say(boot, 'guest.not-ready', 'The guest never became ready to be judged', last.words, changes, [
        'what the guest is still installing or waiting for',
      ]),
    ];
  }
  if (last?.state === 'unknown') {
    return [
      say(boot, 'probe.unreliable', "The probe's readings cannot be believed", last.words, changes, []),
    ];
  }
  if (changes.length > 2) {
    return [
      say(
        boot,
        'device.flapping',
        'The device keeps changing its status',
        `It never held one status for ${unchanged} s, so nothing can be concluded but that.`,
        changes,
        ["the guest's event log of the display driver", "the host's kernel log of this boot"],
      ),
    ];
  }
  return [
    say(
      boot,
      'device.unsettled',
      'The boot ended before the status had held long enough',
      `A status counts when it has held for ${unchanged} s.`,
      changes,
      [],
    ),
  ];
}

/** A problem that cleared does not fail the boot, but it is never forgotten. */
function recovered(boot: Boot): readonly Conclusion[] {
  const last = boot.readings.at(-1);
  const seen = boot.readings.find((reading) => reading.state === 'problem');
  if (last?.state !== 'healthy' || seen === undefined) return [];
  return [
    conclude(null, [boot.boot], {
      id: 'device.recovered',
      severity: 'warning',
      title: `The device showed ${seen.words} before it became healthy`,
      detail: 'It cleared by itself inside this boot. Watch whether it comes back.',
      evidence: changesOf(boot.readings).map(asEvidence),
    }),
  ];
}

function say(
  boot: Boot,
  id: string,
  title: string,
  detail: string,
  changes: readonly Reading[],
  collect: readonly string[],
): Conclusion {
  return conclude('inconclusive', [boot.boot], {
    id,
    severity: 'warning',
    title,
    detail,
    evidence: changes.slice(0, 12).map(asEvidence),
    collect,
  });
}

/** The readings at which the condition changed, the first one included. */
function changesOf(readings: readonly Reading[]): readonly Reading[] {
  return readings.filter((reading, index) => readings[index - 1]?.words !== reading.words);
}

function asEvidence(reading: Reading): ReturnType<typeof quote> {
  return quote(reading.n, 'guest agent', `${reading.words} at ${reading.t.toFixed(1)} s`);
}
