import { holds, type Bench, type Measure } from './measure.ts';
import { bootOverhead } from './boot-overhead.ts';
import { diagnosing } from './diagnose.ts';
import { judging } from './judge.ts';
import { nodeRun } from './node-run.ts';
import { startUp } from './start-up.ts';

/** One file a bench. */
const BENCHES: readonly Bench[] = [startUp, judging, diagnosing, bootOverhead, nodeRun];

function line(measure: Measure): string {
  const { what, value, unit, bound } = measure;
  const [relation, limit] = 'atMost' in bound ? ['at most', bound.atMost] : ['at least', bound.atLeast];
  const stated = Number.isFinite(limit) ? `${relation} ${limit} ${unit}` : '';
  const number = value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });
  return `${holds(measure) ? 'ok    ' : 'FAILED'}  ${what.padEnd(44)} ${number.padStart(10)} ${unit.padEnd(9)} ${stated}`.trimEnd();
}

let failed = false;
for (const { name, run } of BENCHES) {
  console.log(name);
  for (const measure of await run()) {
    failed ||= !holds(measure);
    console.log(line(measure));
  }
}
process.exitCode = failed ? 1 : 0;
