import { createHash } from 'node:crypto';

// Upper and lower case are one on some file systems, so no plain name may differ from another by case alone.
const PLAIN = /^(?!\d{8}t\d{6}z)(\d{8}T\d{6}Z-)?[a-z0-9_][a-z0-9._-]{0,79}$/;

/**
 * The name of a run's page below `runs/`: letters, digits, `.`, `_` and `-` only, never hidden, at most 110 characters.
 * An id that had to be changed for that gets a piece of its digest, so that two ids never share a page.
 */
export function runFile(run: string): string {
  if (PLAIN.test(run)) return `${run}.html`;
  const safe = run
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 80);
  const digest = createHash('sha256').update(run).digest('hex').slice(0, 12);
  return `${safe === '' ? 'run' : safe}-${digest}.html`;
}
