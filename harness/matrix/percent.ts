/** A bound as per cent with one digit, rounded up: what is said to be "at most" must not be less. */
export function percentUp(share: number): string {
  // The bound is computed to far more digits than these; what is beyond them is noise.
  return (Math.ceil(share * 1_000 - 1e-6) / 10).toFixed(1);
}
