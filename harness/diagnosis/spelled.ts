import type { Diagnosis } from './diagnosis.ts';
import { PARTS, type Sentences } from './sentences.ts';

/** What stands in place of a sentence: a character that no line of an input keeps, and its number in two more. */
const MARK = /\x7f([0-[])([0-[])/g;
const ZERO = 48;
const RADIX = 44;

/**
 * The answer with its sentences in place of their marks. Loads those that it needs; what is quoted stays as it is.
 * @throws what loading a module throws
 */
export async function spelled(diagnosis: Diagnosis, parts: readonly Sentences[] = PARTS): Promise<Diagnosis> {
  const wanted = new Set<number>();
  rewritten(diagnosis, (text) => {
    for (const [mark] of text.matchAll(MARK)) wanted.add(numberOf(mark));
    return text;
  });
  const sentences = new Map<number, string>();
  for (const { from, to, load } of parts) {
    const numbers = [...wanted].filter((number) => number >= from && number < to);
    const texts = numbers.length > 0 ? await load() : [];
    for (const number of numbers) sentences.set(number, texts[number - from] ?? '');
  }
  return rewritten(diagnosis, (text) => text.replace(MARK, (mark) => sentences.get(numberOf(mark)) ?? mark));
}

/** A copy with each text that is said, not quoted, as `rewrite` has it. */
function rewritten(diagnosis: Diagnosis, rewrite: (text: string) => string): Diagnosis {
  return {
    ...diagnosis,
    collect: diagnosis.collect.map(rewrite),
    findings: diagnosis.findings.map((finding) => ({
      ...finding,
      title: rewrite(finding.title),
      detail: rewrite(finding.detail),
      fix: finding.fix && {
        ...finding.fix,
        why: rewrite(finding.fix.why),
        source: rewrite(finding.fix.source),
        diff: finding.fix.diff && rewrite(finding.fix.diff),
        paste: finding.fix.paste.map(({ where, text }) => ({ where: rewrite(where), text: rewrite(text) })),
        steps: finding.fix.steps.map((step) => ({ ...step, text: rewrite(step.text) })),
      },
    })),
  };
}

function numberOf(mark: string): number {
  return (mark.charCodeAt(1) - ZERO) * RADIX + mark.charCodeAt(2) - ZERO;
}
