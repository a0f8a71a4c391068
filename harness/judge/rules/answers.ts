import type { Boot } from '../boot.ts';
import { INSTRUMENT_FAILED, withControl } from '../control.ts';
import { endingOf } from '../ending.ts';
import { settled } from '../settle.ts';
import { conclude, quote, rule, type Conclusion } from '../rule.ts';

const TITLES: Readonly<Record<string, string>> = {
  stale: 'The probe answered an earlier question',
  broken: "The probe's answer is not what the probe prints",
  limited: 'The guest restricts PowerShell, so the probe could not read everything',
  blocked: 'PowerShell is blocked in the guest, or ends before it answers',
  empty: 'The probe printed nothing',
  killed: 'The probe was ended by a signal',
  'too-long': 'The probe printed more than an answer may have',
  'never-ended': 'The probe did not end, or something that it started holds its output open',
};

/** What helps where the guest's PowerShell does not answer. */
const UNBLOCK: Readonly<Record<string, readonly string[]>> = {
  blocked: [
    'the log of what blocks it in the guest: antivirus, AppLocker or WDAC (CodeIntegrity/Operational), event 4104',
    "the guest's own view, by hand: `pnputil /enum-devices /problem`",
    'the same boots with the probe allowed: its script is the same in every run but for the nonce',
  ],
  limited: [
    'which policy sets constrained language mode in the guest (WDAC, AppLocker, __PSLockdownPolicy)',
    "the guest's own view, by hand: `pnputil /enum-devices /problem`",
    'the same boots with full language mode for the account of the guest agent',
  ],
  empty: ['what PowerShell prints and its exit code when the probe is run by hand in the guest'],
};

/** Answers are bound to their question by a nonce; one that fits none is refused and named. */
export const answers = rule({
  id: 'answers',
  start: null,
  conclude: (view) =>
    view.timeline.boots.flatMap((boot) => {
      const kinds = [...new Set(boot.refusals.map((refusal) => refusal.kind))];
      const decided = settled(boot, view.context.cell.settle) !== null;
      return kinds.map((kind) => {
        const said = describe(boot, kind, decided);
        return decided || !isReason(boot, kind) ? said : withControl(said, boot, view);
      });
    }),
});

/** Whether it is for this that a control tells anything: instruments that fail are no evidence, and what ended the boot is said elsewhere. */
function isReason(boot: Boot, kind: string): boolean {
  if (boot.ended === null || endingOf(boot, boot.ended) !== null) return false;
  const saidElsewhere = boot.silences.length > 0 || boot.refused.length > 0;
  return !saidElsewhere && !INSTRUMENT_FAILED.has(kind);
}

function describe(boot: Boot, kind: string, decided: boolean): Conclusion {
  const refusals = boot.refusals.filter((refusal) => refusal.kind === kind).slice(0, 5);
  const weak = boot.readings.filter((reading) => reading.weak && reading.n > (refusals[0]?.n ?? 0)).at(-1);
  const asked =
    weak === undefined
      ? ''
      : ' Other programs of the guest were asked in its place; they cannot show that a device works.';
  return conclude(decided ? null : 'inconclusive', [boot.boot], {
    id: `probe.${kind}`,
    severity: 'warning',
    title: TITLES[kind] ?? 'An answer of the probe was refused',
    detail: `A refused answer counts for nothing, neither for nor against the device.${asked}`,
    evidence: [
      ...refusals.map((refusal) => quote(refusal.n, 'guest agent', refusal.why)),
      ...(weak === undefined ? [] : [quote(weak.n, 'guest agent', weak.words)]),
    ],
    collect: UNBLOCK[kind] ?? [],
  });
}
