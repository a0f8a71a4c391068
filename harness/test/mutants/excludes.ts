import type { Finding, Result } from '../../judge/result.ts';
import type { TraceEvent } from '../../trace/event.ts';
import type { TraceHeader } from '../../trace/header.ts';
import type { Trace } from '../../trace/read.ts';
import { answerDocument } from './answer-document.ts';
import { silences } from './silences.ts';

/**
 * What an untouched trace excludes, whatever is done to it afterwards. Written down from the raw trace, in the field's
 * own terms, and knows nothing of the judge's rules:
 *
 * 1. A trace that passes excludes every cause.
 * 2. A boot that passes excludes every cause that is named for that boot.
 * 3. QEMU that greeted, each time it was started, did not refuse to start: no cause that only a refusal has.
 * 4. A ROM that was given is not missing. A ROM whose facts hold no error, or that was not given, is not invalid.
 * 5. A device that never showed a problem code, and of which nobody said anything, did not fail for want of a ROM.
 * 6. A driver that no answer of the guest showed missing, fallen back or wrong is none of these.
 * 7. That the guest agent is silent with the device and not without it is excluded, unless the trace itself blames the
 *    device for that boot by its control, which answered the probe. Without the lines that say more, silence is what is
 *    left of any such boot; whether the agent had spoken before is one line. That it is down takes a second instrument
 *    that was read in that boot, and that it cannot be read takes bytes that were no answer.
 * 8. Any other cause must be one that the untouched trace names itself.
 */
export interface Shown {
  readonly result: Result;
  readonly header: TraceHeader;
  readonly everyStartGreeted: boolean;
  readonly romGiven: boolean;
  readonly romBroken: boolean;
  readonly deviceFailed: boolean;
  /** What the agent's silence may be called in each boot whose control answered. */
  readonly blamed: ReadonlyMap<number, ReadonlySet<string>>;
  readonly drivers: ReadonlySet<'missing' | 'fallback' | 'wrong'>;
}

export function whatIsShown(trace: Trace, result: Result): Shown {
  const { header, events } = trace;
  const count = (kind: string): number =>
    events.filter((event) => 'kind' in event && event.kind === kind).length;
  const adapters = events.flatMap(adaptersIn);
  const errors = header.rom?.facts?.findings.filter(({ severity }) => severity === 'error') ?? [];
  return {
    result,
    header,
    everyStartGreeted: count('greeting') >= count('spawn'),
    romGiven: header.rom === null ? /\bromfile=/.test(header.cell.config ?? '') : header.rom.ref !== 'none',
    romBroken: errors.length > 0,
    deviceFailed:
      adapters.some((adapter) => adapter.codes.some((code) => code !== 0)) || events.some(isStatement),
    blamed: silences(events, result),
    drivers: new Set(adapters.flatMap((adapter) => driverTroubles(adapter, header))),
  };
}

/** Why the untouched trace excludes that a finding is called a cause; null where it does not. */
export function whyExcluded(shown: Shown, { id, boot }: Finding): string | null {
  if (shown.result.verdict === 'pass') return 'the untouched trace passes';
  const passed = shown.result.boots.filter(({ verdict }) => verdict === 'pass').map((of) => of.boot);
  if (boot !== null && passed.includes(boot)) return `boot ${boot + 1} of the untouched trace passes`;
  const named = shown.result.findings.some((found) => found.id === id && found.severity === 'cause');
  if (named) return null;
  if (REFUSAL.test(id)) return shown.everyStartGreeted ? 'QEMU greeted at every start' : null;
  switch (id) {
    case 'rom.missing':
      if (shown.romGiven) return 'a ROM was given';
      return shown.deviceFailed ? null : 'the device never failed';
    case 'rom.invalid':
    case 'rom.no-efi-image':
      if (!shown.romGiven || !shown.romBroken) return 'no ROM with an error was given';
      return shown.deviceFailed ? null : 'the device never failed';
    case 'driver.missing':
      return shown.drivers.has('missing') ? null : 'every answer shows a driver';
    case 'driver.fallback':
      return shown.drivers.has('fallback') ? null : 'no answer shows a fall-back driver';
    case 'driver.wrong':
      return shown.drivers.has('wrong') ? null : 'every answer shows the expected driver';
    default:
      return boot !== null && shown.blamed.get(boot)?.has(id) === true
        ? null
        : 'the untouched trace does not name it';
  }
}

/** What only a QEMU that did not start can be the matter with. */
const REFUSAL =
  /^(?:vm\.refused|rom\.file-|config\.unknown-|config\.slot-busy|config\.legacy-illegal|host\.)/;

interface Adapter {
  readonly codes: readonly number[];
  readonly driver: Readonly<Record<'service' | 'provider' | 'inf' | 'version', string | null>>;
  readonly generic: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** The display adapters in one raw answer, in whichever form, read as loosely as possible. */
function adaptersIn(event: TraceEvent): readonly Adapter[] {
  const { gpu } = (answerDocument(event) ?? {}) as { readonly gpu?: readonly Fields[] };
  return (gpu ?? []).map((adapter) => {
    const p = (adapter['p'] ?? {}) as Fields;
    const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    return {
      codes: [adapter['cm'], p['ProblemCode']].filter((code) => typeof code === 'number'),
      driver: {
        service: text(p['Service'] ?? adapter['driver']),
        provider: text(p['DriverProvider']),
        inf: text(p['DriverInfPath']),
        version: text(p['DriverVersion'] ?? adapter['version']),
      },
      generic: p['GenericDriverInstalled'] === true,
    };
  });
}

function driverTroubles(
  { codes, driver, generic }: Adapter,
  header: TraceHeader,
): readonly ('missing' | 'fallback' | 'wrong')[] {
  const none = Object.values(driver).every((value) => value === null);
  const fallback = generic || driver.service === 'BasicDisplay' || driver.inf === 'display.inf';
  const expected = Object.entries(header.host.igpu.driver);
  const same = expected.every(
    ([key, value]) => driver[key as keyof typeof driver]?.toLowerCase() === value?.toLowerCase(),
  );
  return [
    ...(none || codes.some((code) => code === 1 || code === 28) ? (['missing'] as const) : []),
    ...(fallback ? (['fallback'] as const) : []),
    ...(same ? [] : (['wrong'] as const)),
  ];
}

function isStatement(event: TraceEvent): boolean {
  return event.ch === 'statement';
}
