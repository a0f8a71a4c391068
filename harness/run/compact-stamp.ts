/** A time as names of runs and plans begin with it: `20260102T030405Z`. They sort by it. */
export function compactStamp(time: Date): string {
  return time.toISOString().replace(/[-:]/g, '').replace(/\..*$/, 'Z');
}
