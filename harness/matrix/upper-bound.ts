const RISK = 0.05;
const STEPS = 60;

/**
 * One-sided exact 95 % upper bound of a failure rate (Clopper and Pearson, 1934) after `failures` in `runs` tries:
 * the highest rate under which so few failures would still come up in 1 of 20 such series. Between 0 and 1.
 * Without failures it is 1 − 0.05^(1/n). Null where there was no run.
 */
export function upperBound(failures: number, runs: number): number | null {
  if (runs < 1) return null;
  if (failures >= runs) return 1;
  let [low, high] = [0, 1];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (atMost(failures, runs, middle) > RISK) low = middle;
    else high = middle;
  }
  return high;
}

/** Chance of at most `failures` in `runs` at this rate; summed by logarithms so that large runs do not underflow. */
function atMost(failures: number, runs: number, rate: number): number {
  let logChoose = 0;
  let sum = 0;
  for (let count = 0; count <= failures; count += 1) {
    if (count > 0) logChoose += Math.log((runs - count + 1) / count);
    sum += Math.exp(logChoose + count * Math.log(rate) + (runs - count) * Math.log1p(-rate));
  }
  return sum;
}
