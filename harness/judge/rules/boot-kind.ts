import { conclude, fact, rule, type Conclusion } from '../rule.ts';
import type { Boot } from '../boot.ts';

/** A boot's kind is observed: what was only asked for does not count as that boot. */
export const bootKind = rule({
  id: 'boot-kind',
  start: null,
  conclude: (view) =>
    view.timeline.boots.flatMap((boot, index) => {
      if (boot.skipped !== null) return [skipped(boot, boot.skipped)];
      const before = view.timeline.boots[index - 1];
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

/** The guest names its boots; two boots of a run with one name mean that it never restarted. */
function sameGuestBoot(boot: Boot, before: Boot | undefined): Conclusion | null {
  const id = boot.readings[0]?.bootId ?? null;
  const idBefore = before?.readings.at(-1)?.bootId ?? null;
  if (id === null || id !== idBefore) return null;
  return conclude('inconclusive', [boot.boot], {
    id: 'boot.same-guest',
    severity: 'warning',
    title: `The guest did not restart for boot ${boot.boot + 1}`,
    detail: 'It says that it is still in the boot before.',
    evidence: [fact('guest agent', `boot id ${id}`)],
  });
}
