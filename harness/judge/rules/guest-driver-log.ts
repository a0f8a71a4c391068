import { matchLine } from '../../diagnosis/signature-match.ts';
import { signatureOf } from '../../diagnosis/signatures.ts';
import type { Boot, Reading } from '../boot.ts';
import type { Evidence } from '../result.ts';
import { conclude, quote, rule, type Conclusion } from '../rule.ts';
import { settled } from '../settle.ts';

/** A line of the guest's kernel that is known to mean something. */
interface Known {
  readonly id: string;
  readonly title: string;
  readonly means: string;
  readonly evidence: Evidence;
}

/** Signatures of the diagnosis that say why a driver did not get to work, the one that explains most first. */
const REASONS = [
  'guest-force-probe',
  'guest-key-rejected',
  'guest-nomodeset',
  'guest-unknown-symbol',
  'guest-guc-missing',
  'guest-guc-failed',
  'guest-dead',
  'guest-forcewake',
  'guest-wedged',
  'guest-probe-failed',
];
const PROBE_FAILED = signatureOf('guest-probe-failed');
const WEDGED = signatureOf('guest-wedged');
const INITIALIZED = signatureOf('guest-i915');

/**
 * What the guest's own kernel says of the device. A line of a log is evidence and no verdict: of a boot that did not go
 * well it tells why, and a boot that settled healthy while its driver says that it gave the device up contradicts
 * itself. Complaints of a driver that works stay in the trace: working systems have them, too.
 */
export const guestDriverLog = rule({
  id: 'guest-driver-log',
  start: null,
  conclude: (view) =>
    view.timeline.boots.flatMap((boot) => {
      const last = boot.readings.filter(({ log }) => log !== null).at(-1);
      if (last === undefined) return [];
      const on = settled(boot, view.context.cell.settle);
      if (on?.reading.state === 'healthy') return contradiction(boot, last);
      return reason(boot, last, view.context.guest.deviceAddress);
    }),
});

function contradiction({ boot }: Boot, last: Reading): readonly Conclusion[] {
  const gaveUp = whereItGaveUp(last);
  if (gaveUp === null) return [];
  return [
    conclude('inconclusive', [boot], {
      id: 'guest.driver-gave-up',
      severity: 'warning',
      title: 'The driver is bound, and the guest’s log says that it gave the device up',
      detail: 'The two cannot both be believed, so this boot decides nothing.',
      evidence: [gaveUp],
      collect: ['in the guest: dmesg; vainfo --display drm; a program that renders'],
    }),
  ];
}

/** The driver's own word that it gave up, unless something later or surer denies it. */
function whereItGaveUp(last: Reading): Evidence | null {
  const { log, device } = last;
  const lines = log?.lines ?? [];
  const address = device?.address ?? null;
  const isOurs = (signature: typeof WEDGED, text: string): boolean => {
    const found = matchLine(signature, text);
    return found !== null && speaksOf(found, address);
  };
  const failed = lines.findLastIndex(({ text }) => isOurs(PROBE_FAILED, text));
  const begun = lines.findLastIndex(({ text }) => isOurs(INITIALIZED, text));
  const wedged =
    device?.graphics?.wedged === false ? -1 : lines.findLastIndex(({ text }) => isOurs(WEDGED, text));
  const line = lines[Math.max(failed > begun ? failed : -1, wedged)];
  return line === undefined ? null : quote(last.n, 'guest kernel', line.text);
}

function reason(
  { boot, ended, stopped }: Boot,
  last: Reading,
  address: string | null,
): readonly Conclusion[] {
  if (ended === null || stopped) return [];
  const known = REASONS.flatMap((id) => knownLine(id, last, address));
  const first = known[0];
  if (first === undefined) return [];
  return [
    conclude(null, [boot], {
      id: 'guest.driver-log',
      severity: 'contributing',
      confidence: 'likely',
      title: first.title,
      detail: first.means,
      evidence: known.slice(0, 6).map(({ evidence }) => evidence),
      collect: [
        'the guest’s whole kernel log (dmesg)',
        'uname -r in the guest, and the version of its firmware package',
      ],
    }),
  ];
}

function knownLine(id: string, last: Reading, address: string | null): readonly Known[] {
  const signature = signatureOf(id);
  const line = last.log?.lines.find(({ text }) => {
    const found = matchLine(signature, text);
    return found !== null && speaksOf(found, address);
  });
  if (line === undefined) return [];
  const title =
    signature.finding?.title ?? 'The guest’s driver did not get to work, and says so in its kernel’s log';
  return [{ id, title, means: signature.means, evidence: quote(last.n, 'guest kernel', line.text) }];
}

/** False where a line names another device, as `0000:00:02.0`. */
function speaksOf(found: Readonly<Record<string, string>>, address: string | null): boolean {
  const named = found['device'] ?? found['device2'] ?? null;
  return named === null || address === null || named.replace(/^0000:/, '') === address;
}
