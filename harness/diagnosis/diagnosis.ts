import type { Verdict } from '../trace/words.ts';
import type { Finding } from './finding.ts';
import type { PartKind } from './part.ts';
import type { Quote } from './quote.ts';

/** What was recognised as what. */
export interface InputSeen {
  readonly input: string;
  readonly parts: readonly { readonly kind: PartKind; readonly from: number; readonly to: number }[];
  readonly lines: number;
  readonly bytes: number;
  /** Why it could not be read, or was not read to its end; null where all is well. */
  readonly problem: string | null;
}

/** The answer: the same for the same inputs, in whatever order they are given. */
export interface Diagnosis {
  /** `fail` where a cause is found or the failure is shown; `pass` where it is shown to work; else `inconclusive`. */
  readonly verdict: Extract<Verdict, 'pass' | 'fail' | 'inconclusive'>;
  /** In order of rank: the first is what to look at. */
  readonly findings: readonly Finding[];
  readonly inputs: readonly InputSeen[];
  /** Lines of plain facts that were not understood. */
  readonly notUnderstood: readonly Quote[];
  readonly collect: readonly string[];
}
