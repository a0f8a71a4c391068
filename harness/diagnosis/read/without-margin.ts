import { claimOf } from './claim.ts';
import { configShape } from './config-shape.ts';
import { logPrefix } from './log-prefix.ts';

/** What `grep -Hn` writes before a line, a file's name alone, or the mark of a list. */
const MARGINS: readonly RegExp[] = [
  /^\d{1,8}[:-](?=\s{0,12}\S)/,
  /^[\w.~*/-]{1,120}?[:-]\d{1,8}[:-](?=\s{0,12}\S)/,
  /^(?:[\w.~-]{0,60}(?:\/[\w.~-]{1,60}){1,8}|[\w.-]{1,60}\.(?:txt|log|conf|\d))[:-](?=\s{0,12}\S)/,
  /^\s{0,8}(?:[-*•]|\d{1,2}[.)])\s{1,4}(?=\S)/,
];

/** The line without a margin of that kind, where it is a line of a log or a config only without it; else as it is. */
export function withoutMargin(text: string): string {
  if (logPrefix(text) !== null || claimOf(text) !== null || configShape(text) !== null) return text;
  for (const margin of MARGINS) {
    const inner = text.replace(margin, '');
    if (inner === text) continue;
    if (logPrefix(inner) !== null || claimOf(inner) !== null || configShape(inner) === 'telling')
      return inner;
  }
  return text;
}
