/** Seconds that a guest must be up before its device's status counts: as scenarios ask by default (docs/verdicts.md). */
export const SETTLED_UPTIME = 180;
