import { printable } from '../../text/printable.ts';
import type { Verdict } from '../../trace/words.ts';
import { paint, type TerminalOptions } from './paint.ts';
import { wrap } from './width.ts';

/** What came of taking the identities out of a trace. */
export interface Redaction {
  readonly out: string;
  /** Of the redacted trace; null where its run never ended. */
  readonly digest: string | null;
  readonly replaced: ReadonlyMap<string, { readonly values: number; readonly places: number }>;
  readonly verdict: { readonly before: Verdict; readonly after: Verdict };
  readonly leftOut: readonly string[];
}

/** Says what was replaced, by kind and count: never a value. */
export function renderRedaction(redaction: Redaction, options: TerminalOptions): string {
  const { out, digest, replaced, verdict, leftOut } = redaction;
  const rows = [...replaced].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [
    `${printable(out)}${digest === null ? '' : `: trace ${digest.slice(0, 12)}`}`,
    ...(rows.length === 0 ? ['nothing in it looks like an identity'] : table(rows, options)),
    '',
    ...wrap(verdictWords(verdict), options.columns),
    ...(leftOut.length === 0
      ? []
      : wrap(
          `left out, since the trace does not name them: ${leftOut.map((name) => printable(name, 80)).join(', ')}`,
          options.columns,
        )),
    ...wrap(
      'A name that nothing marks as one stays unless --name tells it: look through it before you hand it on.',
      options.columns,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function table(
  rows: readonly (readonly [string, { readonly values: number; readonly places: number }])[],
  { colour }: TerminalOptions,
): readonly string[] {
  const line = (kind: string, values: string, places: string): string =>
    `  ${kind.padEnd(22)}${values.padStart(8)}${places.padStart(9)}`;
  return [
    paint(colour, 'dim', line('replaced', 'values', 'places')),
    ...rows.map(([kind, { values, places }]) => line(kind, String(values), String(places))),
  ];
}

function verdictWords({ before, after }: Redaction['verdict']): string {
  if (before === after) return `verdict: ${after}, as before`;
  return `verdict: ${after}, but it was ${before} before: a word that the judge reads was taken for a name. Leave out that --name, or hand on the trace as it was recorded`;
}
