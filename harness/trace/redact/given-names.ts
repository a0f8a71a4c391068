import { tellsSomething, type Kind } from './kind.ts';
import { word } from './shapes.ts';

const MOST = 500;
const LONGEST = 256;

/**
 * Names that somebody says are to be hidden: of hosts, people, folders. Those that say nothing of anybody, or have
 * fewer than three letters, are left.
 */
export function givenNames(names: readonly string[]): Kind | null {
  const hidden = names
    .map((name) => name.trim())
    .filter((name) => name.length >= 3 && name.length <= LONGEST && tellsSomething(name.replace(/^.*\//, '')))
    .slice(0, MOST)
    // Of two that begin alike the longer is looked for first.
    .toSorted((a, b) => b.length - a.length);
  if (hidden.length === 0) return null;
  return {
    name: 'given names',
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}_-])(?:${hidden.map(pattern).join('|')})(?![\\p{L}\\p{N}_-])`,
      'giu',
    ),
    canonical: (found) => found.toLowerCase().replace(/[-_. ]{1,2}/g, '-'),
    shape: word('name'),
    spreads: 'any',
  };
}

/** Device mapper doubles a dash, ids of runs have one for any other sign. */
function pattern(name: string): string {
  return name.replace(/[*+?^${}()|[\]\\/]/g, '\\$&').replace(/[-_. ]/g, '(?:--|[-_. ])');
}
