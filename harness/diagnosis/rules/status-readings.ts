import type { Case } from '../case.ts';
import type { Quote } from '../quote.ts';

/** What a machine said of the guest's device at one time: one answer of the probe, or one listing. */
export interface StatusReading {
  readonly device: string | null;
  readonly code: number | null;
  readonly driver: string | null;
  /** Seconds since the guest's start. */
  readonly uptime: number | null;
  readonly quote: Quote;
}

/** Every reading of the status that was given, in the order of the inputs' names. */
export function statusReadings({ facts }: Case): readonly StatusReading[] {
  const uptimes = facts.of('guestUptime').filter(({ by }) => by === 'machine');
  const answers = new Set(uptimes.map(({ quote }) => place(quote)));
  const found = new Map<string, StatusReading>();
  for (const key of ['problemCode', 'guestDriver', 'guestUptime', 'device'] as const)
    for (const { value, by, quote } of facts.of(key)) {
      // An answer of the probe is one line, a listing is the whole of its input.
      const at = answers.has(place(quote)) ? place(quote) : quote.input;
      const known = found.get(at);
      // Of a device only what the guest says is meant; the host's listing names it, too.
      if (by !== 'machine' || (key === 'device' && known === undefined)) continue;
      const now = known ?? { device: null, code: null, driver: null, uptime: null, quote };
      found.set(at, {
        ...now,
        ...(key === 'problemCode' && now.code === null ? { code: Number(value), quote } : {}),
        ...(key === 'guestDriver' && now.driver === null ? { driver: String(value) } : {}),
        ...(key === 'guestUptime' && now.uptime === null ? { uptime: Number(value) } : {}),
        ...(key === 'device' && now.device === null ? { device: String(value) } : {}),
      });
    }
  return [...found.values()].filter(({ code, driver }) => code !== null || driver !== null);
}

/** Readings of one device: what names none may be of any. */
export function ofOneDevice(readings: readonly StatusReading[]): boolean {
  return new Set(readings.flatMap(({ device }) => device ?? [])).size <= 1;
}

function place({ input, line }: Quote): string {
  return `${input}:${line}`;
}
