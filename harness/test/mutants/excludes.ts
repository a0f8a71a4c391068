import type { Finding, Result } from '../../judge/result.ts';
import type { TraceEvent } from '../../trace/event.ts';
import type { TraceHeader } from '../../trace/header.ts';
import type { Trace } from '../../trace/read.ts';
import { answerDocument } from './answer-document.ts';

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
 * 7. That a guest fails with the device and not without it is excluded unless just that is there: a boot in which the
 *    agent's last word is a silence or there is none, and answers of the probe in that boot's control. Lines that are
 *    lost or forged can then rename the trouble, and who is to blame stays.
 * 8. Any other cause must be one that the untouched trace names itself.
 */
export interface Shown {
  readonly result: Result;
  readonly header: TraceHeader;
  readonly everyStartGreeted: boolean;
  readonly romGiven: boolean;
  readonly romBroken: boolean;
  readonly deviceFailed: boolean;
  /** Boots in which the agent fell silent or always was, while the same guest answered the probe without the device. */
  readonly mute: ReadonlySet<number>;
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
    mute: muteWithDevice(events),
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
      if (boot !== null && shown.mute.has(boot) && COMPARED.test(id)) return null;
      return 'the untouched trace does not name it';
  }
}

/** What can be the matter with a guest that a control compares. */
const COMPARED = /^(?:guest|agent|probe)\./;

/** What only a QEMU that did not start can be the matter with. */
const REFUSAL =
  /^(?:vm\.refused|rom\.file-|config\.unknown-|config\.slot-busy|config\.legacy-illegal|host\.)/;

function muteWithDevice(events: readonly TraceEvent[]): ReadonlySet<number> {
  const answered = new Set<number>();
  const spoke = new Set<number>();
  const begun = new Set<number>();
  let within: { readonly boot: number; readonly control: boolean } | null = null;
  for (const event of events) {
    if (event.ch === 'note' && event.kind === 'boot.begin') within = { boot: event.boot, control: false };
    if (event.ch === 'note' && event.kind === 'control.begin') within = { boot: event.of, control: true };
    if (within === null) continue;
    const { boot, control } = within;
    if (!control) begun.add(boot);
    if (!control && event.ch === 'agent' && event.kind === 'silent') spoke.delete(boot);
    else if (!control && event.ch === 'agent') spoke.add(boot);
    if (control && answerDocument(event) !== undefined) answered.add(boot);
  }
  return new Set([...begun].filter((boot) => answered.has(boot) && !spoke.has(boot)));
}

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
