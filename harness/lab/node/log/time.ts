const SECOND = 1_000_000;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const DAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');

/** Microseconds since the epoch, as `journalctl` and `dmesg` write them; the node's clock shows UTC. */
export interface Written {
  /** `2026-11-22T13:29:43`, and the six digits after it. */
  readonly iso: string;
  readonly micros: string;
  /** `Nov 22 13:29:43` */
  readonly short: string;
  /** `Sun Nov 22 12:02:08 2026` */
  readonly ctime: string;
}

export function written(realtime: number): Written {
  const at = new Date(Math.floor(realtime / 1000));
  const day = String(at.getUTCDate());
  const month = MONTHS[at.getUTCMonth()] ?? '';
  const clock = at.toISOString().slice(11, 19);
  return {
    iso: at.toISOString().slice(0, 19),
    micros: String(realtime % SECOND).padStart(6, '0'),
    short: `${month} ${day.padStart(2, '0')} ${clock}`,
    ctime: `${DAYS[at.getUTCDay()] ?? ''} ${month} ${day.padStart(2)} ${clock} ${at.getUTCFullYear()}`,
  };
}

/** `    0.000000` with that many characters before the point. */
export function sinceBoot(monotonic: number, width: number): string {
  const seconds = Math.floor(monotonic / SECOND);
  return `${String(seconds).padStart(width)}.${String(monotonic % SECOND).padStart(6, '0')}`;
}

/** `@1795354187`, `5 min ago` and the like, or a date; null for anything else. Microseconds since the epoch. */
export function readTime(text: string, now: number): number | null {
  const epoch = /^@(\d+(?:\.\d+)?)$/.exec(text)?.[1];
  if (epoch !== undefined) return Math.round(Number(epoch) * SECOND);
  const [, count, unit] = /^(\d+) ?(s|sec|second|min|minute|h|hour)s? ago$/.exec(text) ?? [];
  if (count !== undefined) {
    const seconds = unit?.startsWith('s') ? 1 : unit?.startsWith('m') ? 60 : 3600;
    return now - Number(count) * seconds * SECOND;
  }
  const date = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}Z`)
    : NaN;
  return Number.isNaN(date) ? null : date * 1000;
}
