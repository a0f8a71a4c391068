const DAY = 86_400_000;

/** From this many days on a cell is marked as stale: drivers and QEMU have moved on since. */
export const STALE_DAYS = 90;

/** How old a run was when the site was built, such as `3 days`; null where its time is not known. Both are ISO 8601. */
export function age(started: string | null, built: string): string | null {
  const days = daysBetween(started, built);
  if (days === null) return null;
  if (days < 1) return 'today';
  if (days < 60) return days === 1 ? '1 day' : `${days} days`;
  return days < 730 ? `${Math.floor(days / 30)} months` : `${Math.floor(days / 365)} years`;
}

/** Whether a run was so old when the site was built that its verdict may no longer hold. */
export function isStale(started: string | null, built: string): boolean {
  return (daysBetween(started, built) ?? 0) >= STALE_DAYS;
}

function daysBetween(started: string | null, built: string): number | null {
  const [from, to] = [Date.parse(started ?? ''), Date.parse(built)];
  return Number.isNaN(from) || Number.isNaN(to) ? null : Math.floor((to - from) / DAY);
}

/** `2026-11-20 02:14 UTC`, or null where the text is no time. */
export function moment(time: string | null): string | null {
  const parsed = Date.parse(time ?? '');
  return Number.isNaN(parsed) ? null : `${new Date(parsed).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
