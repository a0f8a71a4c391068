import type { Boot } from './boot.ts';

/** Seconds by which a wait may seem to begin before what went before it was written down. */
const OVERLAP = 0.5;

/**
 * Whether a wait for the guest agent that ended at `t` can have begun where it stands: in its boot, and after the word
 * that the agent said before. One question is asked at a time.
 */
export function hadRoom(
  { n, t, waited }: { readonly n: number; readonly t: number; readonly waited: number },
  { began, agentUp, readings, refusals, refused }: Boot,
): boolean {
  const words = [agentUp, ...readings, ...refusals, ...refused];
  const before = words.map((word) => (word !== null && word.n < n ? word.t : began));
  return t - waited >= Math.max(...before) - OVERLAP;
}
