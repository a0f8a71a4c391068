import type { Fact } from '../../fact.ts';
import type { Part } from '../../part.ts';
import { placed, quoteOf, said } from '../reading.ts';
import { readStatement } from '../statement.ts';

/** Releases of i915-sriov-dkms are dates: `2025.07.22`, `2025.10.09-2`. */
const RELEASE = /(?<![\w.])(20[2-4]\d[.-][01]\d[.-][0-3]\d(?:[.-]\d{1,2})?)(?!\w|:\d)/g;
/** "2025.07.22 on the same machine works". */
const BEGINS = /^\W{0,3}(?:with |on |using |under )?20[2-4]\d\.[01]\d\.[0-3]\d\b/i;
const OF_MODULE =
  /\b(?:dkms|sr-?iov|module|driver|version|release|installed|updated?|upgraded?)\b|版本|模块/i;
const BAD =
  /\b(?:hangs?|hung|lag(?:s|gy)?|stutters?|crash(?:es|ed)?|hard lock|freez\w+|unusable|went down|broken|breaks?|fails?|code 43|no longer|black|oops|panic)\b/i;
const GOOD = /\b(?:smooth(?:ly)?|works?|worked|working|fine|ok|stable|good|no problems?|no issues?)\b/i;
const NOT = /\b(?:not|n't|never|no longer|doesn't|didn't|won't)\b/i;

type Verdict = 'good' | 'bad' | null;

/** Two releases of the module, of which one does well and the other does not: a trial. Pure. */
export function moduleReleases({ lines, ...part }: Part): readonly Fact[] {
  if (!lines.some(({ text }) => /\b(?:i915-sriov|sr-?iov|virtual functions?|vfs?)\b/i.test(text))) return [];
  const trials = new Map<string, { readonly verdicts: Verdict[]; readonly at: number }>();
  let current: string | null = null;
  lines.forEach(({ text }, at) => {
    const named =
      OF_MODULE.test(text) || BEGINS.test(text) ? [...text.matchAll(RELEASE)].map(([, one = '']) => one) : [];
    // A line that names two says which is which in ways that are left to others.
    if (named.length > 1) current = null;
    else if (named[0] !== undefined) current = named[0];
    if (current === null) return;
    const trial = trials.get(current) ?? { verdicts: [], at };
    trials.set(current, trial);
    trial.verdicts.push(verdictOf(text));
  });
  const all = [...trials.values()];
  const bad = all.find(({ verdicts }) => verdicts.includes('bad'));
  const good = all.find((trial) => trial !== bad && verdict(trial.verdicts) === 'good');
  const line = bad === undefined || good === undefined ? undefined : lines[bad.at];
  return line === undefined
    ? []
    : placed([said('compared', 'host-driver')], 'person', quoteOf({ ...part, lines }, line));
}

function verdict(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('bad') ? 'bad' : verdicts.includes('good') ? 'good' : null;
}

function verdictOf(text: string): Verdict {
  if (BAD.test(text)) return 'bad';
  if (GOOD.test(text)) return NOT.test(text) ? 'bad' : 'good';
  const outcomes = readStatement(text).facts.flatMap(({ key, value }) => (key === 'outcome' ? [value] : []));
  return outcomes.includes('fails') ? 'bad' : outcomes.includes('works') ? 'good' : null;
}
