import type { Case } from '../case.ts';

/** Makes a question about a case one that is answered once: the answer is kept as long as the case is. */
export function perCase<Answer>(answer: (of: Case) => Answer): (of: Case) => Answer {
  const kept = new WeakMap<Case, { readonly answer: Answer }>();
  return (of) => {
    const known = kept.get(of) ?? { answer: answer(of) };
    kept.set(of, known);
    return known.answer;
  };
}
