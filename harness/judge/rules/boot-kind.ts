import { conclude, fact, quote, rule, type Conclusion } from '../rule.ts';
import type { Boot } from '../boot.ts';

/** A boot's kind is observed: what was only asked for does not count as that boot. */
export const bootKind = rule({
  id: 'boot-kind',
  start: null,
  conclude: (view) =>
    view.timeline.boots.flatMap((boot, index) => {
      if (boot.skipped !== null) return [skipped(boot, boot.skipped)];
      const before = view.timeline.boots.slice(0, index);
      const other = otherKind(boot) ?? sameGuestBoot(boot, before);
      return other === null ? [] : [other];
    }),
});

function skipped(boot: Boot, why: string): Conclusion {
  return conclude('skip', [boot.boot], {
    id: 'boot.skipped',
    severity: 'info',
    title: `Boot ${boot.boot + 1} (${boot.asked}) was not done`,
    detail: why,
  });
}

function otherKind(boot: Boot): Conclusion | null {
  if (boot.ended === null || boot.stopped || boot.exit !== null || boot.observed === boot.asked) return null;
  return conclude('inconclusive', [boot.boot], {
    id: 'boot.not-observed',
    severity: 'warning',
    title: `Boot ${boot.boot + 1} was asked to be a ${boot.asked}, but ${boot.observed ?? 'none'} was seen`,
    detail: 'A kind of boot counts only when it was seen to happen.',
    evidence: [fact('qmp', `asked ${boot.asked}, observed ${boot.observed ?? 'nothing'}`)],
  });
}

/** Seconds by which a guest's own start may seem to lie before its boot: whole seconds of uptime, and the clocks' drift. */
const EARLY = 2;

/** A guest that started before its boot began, by its uptime or by the name it gives its boots, never restarted. */
function sameGuestBoot(boot: Boot, before: readonly Boot[]): Conclusion | null {
  const ids = new Set(before.flatMap(({ readings }) => readings.map(({ bootId }) => bootId)));
  const early = boot.readings.find(({ t, uptime }) => uptime !== null && t - uptime < boot.began - EARLY);
  const known = boot.readings.find(({ bootId }) => bootId !== null && ids.has(bootId));
  const shown = early ?? known;
  if (shown === undefined) return null;
  const said = shown === early ? `up for ${shown.uptime ?? '?'} s` : `boot id ${shown.bootId ?? ''}`;
  return conclude('inconclusive', [boot.boot], {
    id: 'boot.same-guest',
    severity: 'warning',
    title: `The guest did not restart for boot ${boot.boot + 1}`,
    detail: 'It says that it was started before this boot began.',
    evidence: [quote(shown.n, 'guest agent', said)],
  });
}
