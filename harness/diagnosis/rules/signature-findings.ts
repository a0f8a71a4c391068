import type { Case } from '../case.ts';
import { FINDING_IDS } from '../finding-id.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import type { Signature, SignatureFinding } from '../signature.ts';
import { SIGNATURES } from '../signatures.ts';

/** What single lines of logs mean by themselves, each by its own declaration. */
export const signatureFindings: Rule = {
  id: 'signature-findings',
  findings: FINDING_IDS,
  conclude: (of) =>
    SIGNATURES.flatMap((signature) =>
      [signature.finding, signature.also].flatMap((finding) =>
        finding === null || finding === undefined ? [] : ofSignature(signature, finding, of),
      ),
    ),
};

/** A line that its teller puts into the past or says to be mended: "first: …", "… -> copied it". */
const PAST =
  /^\W{0,3}(?:(?:at )?first(?:ly)?|then|before|previously|earlier|initially|originally|was|had|used to|until|yesterday|last (?:week|month|time)|zuerst|vorher|früher|раньше|сначала|以前|之前)\b/i;
const ONCE =
  /\b(?:fixed|solved|resolved|gone|corrected|no longer|cured|mended|behoben|gelöst|resuelto|résolu)\b/i;

function ofSignature({ id, means }: Signature, finding: SignatureFinding, of: Case): readonly Claim[] {
  const signals = of.signals.of(id);
  const severity = signals.length === 0 ? null : finding.severity(signals, of);
  if (severity === null) return [];
  const confidence = finding.confidence?.(signals, of) ?? 'likely';
  return [
    claim({
      id: finding.id,
      severity,
      confidence,
      decides:
        confidence === 'certain' &&
        signals.some(({ quote }) => !PAST.test(quote.text) && !ONCE.test(quote.text)),
      title: finding.title,
      detail: means,
      evidence: signals.map(({ quote }) => quote),
      fix: finding.fix?.(signals, of) ?? null,
      collect: finding.collect ?? [],
    }),
  ];
}
