import type { FactKey } from '../../fact.ts';
import type { Found } from './found.ts';

/** When what a line tells was so. */
export type Time = 'earlier' | 'present' | null;

const EARLIER =
  /^(?:at |and |but |on |the )?(?:first(?:ly|ly,| of all| try| attempt| start)?|then|next|second(?:ly| try| attempt)?|third(?:ly)?|initially|originally|before(?: that)?|earlier|later|after that|history|(?:try|attempt|step|stage|problem|issue|error|day|mistake|hurdle) ?#?\d{1,2}|zuerst|dann|danach|anfangs|vorher|d'abord|puis|avant|primero|luego|antes|сначала|потом|一开始|然后|之前)\b\s{0,2}[:,-]/i;
const PRESENT =
  /^(?:and |but |so |as of |the |\[)?(?:now|today|finally|currently|in the end|at the end|meanwhile|final(?: state| result| status)?|result|outcome|edit(?: ?\d)?|update(?: ?\d)?|solved|solution|status(?: now| today)?|present|current(?:ly| state| status)?|jetzt|nun|inzwischen|heute|endlich|am ende|maintenant|enfin|ahora|hoy|al final|finalmente|теперь|сейчас|现在|最后)\b\]?\s{0,2}[:,-]/i;

/** Whether a line is said to be of an earlier time, or of the present. In: a plain line. */
export function timeOf(text: string): Time {
  return PRESENT.test(text) ? 'present' : EARLIER.test(text) ? 'earlier' : null;
}

const ADDED = /^(?:edit|eta|nachtrag|upd|p\.?s\.?)(?: ?#?\d{1,2})?\s?[:-]\s{1,2}(?=\S)/i;

/** What was added to a post later, without the word that says so. In: a plain line. */
export function withoutAdded(text: string): string {
  return text.replace(ADDED, '');
}

const STATES: ReadonlySet<FactKey> = new Set<FactKey>(['symptom', 'outcome', 'problemCode']);

/**
 * "First: …, then: …, now: …": where a line tells how it is now, what others tell of earlier times is over. In and out:
 * what each line says.
 */
export function inThePresent<Line extends { readonly found: readonly Found[]; readonly time: Time }>(
  lines: readonly Line[],
): readonly Line[] {
  if (!lines.some(({ found, time }) => time === 'present' && found.some(tellsState))) return lines;
  return lines.map((line) =>
    line.time === 'earlier' ? { ...line, found: line.found.filter((one) => !tellsState(one)) } : line,
  );
}

function tellsState({ fact }: Found): boolean {
  return STATES.has(fact.key);
}
