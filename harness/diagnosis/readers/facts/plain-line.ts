/** Characters of one line that are looked at: what people write by hand is shorter. */
const CAP = 600;

/**
 * A line as people type it, without what only decorates it: bullets, numbering, Markdown, quote marks, curly quotes,
 * full-width forms. Keeps the case. Pure.
 */
export function plainLine(text: string): string {
  return (
    text
      .slice(0, CAP)
      // Full-width marks stand without a space, which shows where a clause ends.
      .replace(/[，、]/g, ', ')
      .replace(/[。．](?!\d)/g, '. ')
      .replace(/[；：！？]/g, '$& ')
      .normalize('NFKC')
      .replace(/[‘’`´]/g, "'")
      .replace(/[“”„"«»]/g, ' ')
      .replace(/[*_]{2,3}|\[[xX ]\]|[✅✔☑🎉👍]/gu, ' ')
      .replace(/[❌✖✗☒]/gu, ' no ')
      .replace(/[–—→⇒]|[-=]>/g, ' - ')
      .replace(/'(?!\w)|(?<!\w)'/g, ' ')
      .trim()
      .replace(/^(?:[-*•·>#+|]{1,6}\s*|\(?\d{1,2}[.)]\s+)+/, '')
      .replace(/[\s|.,;!]+$/, '')
      .replace(/\s+/g, ' ')
      .trim()
  );
}
