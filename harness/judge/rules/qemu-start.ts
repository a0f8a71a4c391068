import { signatureOf } from '../../diagnosis/signatures.ts';
import { matchLine } from '../../diagnosis/signature-match.ts';
import type { Boot } from '../boot.ts';
import { conclude, quote, rule } from '../rule.ts';
import { REFUSALS, type Refusal } from './refusals.ts';

/**
 * Whether QEMU refused to start: it ended by itself and in failure, and nothing was ever heard from it or its guest.
 * A missing greeting alone would not show it.
 */
export function refusedToStart(boot: Boot): boolean {
  const { exit, greeting, agentUp, readings } = boot;
  return exit !== null && exit.code !== 0 && greeting === null && agentUp === null && readings.length === 0;
}

/** QEMU ended before it said hello on its monitor: who is to blame is read from what it printed. */
export const qemuStart = rule({
  id: 'qemu-start',
  start: null,
  conclude: (view) =>
    view.timeline.boots.filter(refusedToStart).map((boot) => {
      const refusal = findRefusal(boot);
      return conclude(refusal?.verdict ?? 'inconclusive', [boot.boot], {
        id: refusal?.id ?? 'vm.refused',
        // A reason that nobody knows is no cause.
        severity: refusal === undefined ? 'warning' : 'cause',
        title: refusal?.title ?? 'QEMU refused to start, for a reason not known here',
        detail: refusal?.detail ?? "Read QEMU's own words below.",
        evidence: evidence(boot),
        collect: refusal === undefined ? ["QEMU's whole output", 'the QEMU version'] : [],
      });
    }),
});

interface Known {
  readonly id: string;
  readonly verdict: Refusal['verdict'];
  readonly title: string;
  readonly detail: string;
}

/** The first known line of those that QEMU printed, in the words that the diagnosis has for it. */
function findRefusal({ stderr }: Boot): Known | undefined {
  for (const { id, verdict, signals, title } of REFUSALS) {
    for (const signature of signals.map(signatureOf)) {
      if (!stderr.some(({ line }) => matchLine(signature, line) !== null)) continue;
      return { id, verdict, title: title ?? signature.finding?.title ?? id, detail: signature.means };
    }
  }
  return undefined;
}

function evidence(boot: Boot): ReturnType<typeof quote>[] {
  const how = boot.exit?.signal ?? `code ${boot.exit?.code ?? '?'}`;
  return [
    ...boot.stderr.slice(0, 6).map(({ n, line }) => quote(n, 'qemu', line)),
    ...(boot.exit === null ? [] : [quote(boot.exit.n, 'qemu', `ended with ${how}`)]),
  ];
}
