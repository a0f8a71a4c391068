import type { Refusal } from './reading.ts';

/** Longest answer that is looked at, in characters. A real one has 2 to 20 thousand. */
const MAX_ANSWER = 1024 * 1024;
const SENTINEL = /@@IGPU1 (\d{1,7}|CLM)\r?\n/g;

export function refuse(refused: Refusal['refused'], why: string): Refusal {
  return { refused, why };
}

/**
 * Takes the JSON document out of what a probe printed:
 * `@@IGPU1 <length>`, exactly so many characters of one ASCII line, `@@END`. The last sentinel counts, what stands
 * before or after it is noise. Never throws: whatever is not the contract comes back as a refusal.
 *
 * @param out stdout of the probe, one character a byte
 */
export function unframe(out: string): { readonly document: unknown } | Refusal {
  if (out.trim() === '') return refuse('empty', 'the probe printed nothing');
  if (out.length > MAX_ANSWER) return refuse('broken', `the answer is longer than ${MAX_ANSWER} characters`);
  const sentinel = [...out.matchAll(SENTINEL)].at(-1);
  const length = sentinel?.[1];
  if (sentinel === undefined || length === undefined)
    return refuse('broken', 'the answer has no @@IGPU1 line');
  if (length === 'CLM')
    return refuse(
      'limited',
      'PowerShell runs in constrained language mode here, so the probe cannot read what a verdict needs',
    );
  const start = sentinel.index + sentinel[0].length;
  const line = out.slice(start, start + Number(length));
  if (
    line.length < Number(length) ||
    !/^\r?\n@@END/.test(out.slice(start + line.length, start + line.length + 8))
  )
    return refuse('broken', `the answer does not end after the ${length} characters it announces`);
  if (!/^[\x20-\x7e]*$/.test(line)) return refuse('broken', 'the answer has characters that are not ASCII');
  try {
    const document: unknown = JSON.parse(line);
    return { document };
  } catch {
    return refuse('broken', 'the answer is not JSON');
  }
}
