/** "no code 43", "without Code 43", "Code 43 is gone": the failure is named to deny it. */
const DENIED_43 =
  /\b(?:no|not|without|never|fixed|gone|solved|resolved|cleared)\b[^.;\n]{0,40}\bcode\s*43\b|\bcode\s*43\b[^.;\n]{0,40}\b(?:is gone|gone|disappeared|fixed|solved|resolved|cleared|no longer|no more)\b/gi;
const CODE_43 = /\bcode\s*43\b/i;
const DENIED_WORKS =
  /\b(?:no|not|never|n't|cannot|can't|doesn't|does not|did not|didn't|isn't|stopped|without)\b[^.;\n]{0,25}\b(?:work|works|working|worked)\b/gi;
const WORKS = /\b(?:works|working|worked)\b/i;

/**
 * Reads what a reporter's sentence claims of the iGPU in the guest: it `works`, it `fails`, or null where the
 * sentence says neither or both.
 */
export function readClaim(text: string): 'works' | 'fails' | null {
  const sentence = text.slice(0, 2_000);
  const denied43 = sentence.search(DENIED_43) >= 0;
  const deniedWorks = sentence.search(DENIED_WORKS) >= 0;
  const fails = CODE_43.test(sentence.replace(DENIED_43, ' ')) || deniedWorks;
  const works = WORKS.test(sentence.replace(DENIED_WORKS, ' ')) || denied43;
  if (fails === works) return null;
  return fails ? 'fails' : 'works';
}
