import { EVIDENCE_CLASSES, type EvidenceClass } from '../../trace/words.ts';

/** The weaker of two classes: recording or judging again never raises what history says of a run. */
export function weaker(a: EvidenceClass, b: EvidenceClass): EvidenceClass {
  return EVIDENCE_CLASSES.indexOf(a) < EVIDENCE_CLASSES.indexOf(b) ? b : a;
}
