// Versions of rules are counted: 10 comes after 9.
const collator = new Intl.Collator('en', { numeric: true });

/** Below 0 where the rules `a` are older than `b`, above 0 where they are newer. */
export function compareRules(a: string, b: string): number {
  return collator.compare(a, b);
}
