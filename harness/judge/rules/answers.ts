import { settled } from '../settle.ts';
import { conclude, quote, rule } from '../rule.ts';

const TITLES: Readonly<Record<string, string>> = {
  stale: 'The probe answered an earlier question',
  broken: "The probe's answer is not what the probe prints",
  limited: 'The guest restricts PowerShell, so the probe could not read everything',
  empty: 'The probe printed nothing',
};

/** Answers are bound to their question by a nonce; one that fits none is refused and named. */
export const answers = rule({
  id: 'answers',
  start: null,
  conclude: (view) =>
    view.timeline.boots.flatMap((boot) => {
      const kinds = [...new Set(boot.refusals.map((refusal) => refusal.kind))];
      const decided = settled(boot, view.context.cell.settle) !== null;
      return kinds.map((kind) =>
        conclude(decided ? null : 'inconclusive', [boot.boot], {
          id: `probe.${kind}`,
          severity: 'warning',
          title: TITLES[kind] ?? 'An answer of the probe was refused',
          detail: 'A refused answer counts for nothing, neither for nor against the device.',
          evidence: boot.refusals
            .filter((refusal) => refusal.kind === kind)
            .slice(0, 5)
            .map((refusal) => quote(refusal.n, 'guest agent', refusal.why)),
        }),
      );
    }),
});
