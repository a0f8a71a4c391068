// Proxmox reads bytes, so only ASCII white space is white space to it (perlre, \s without unicode_strings).
const SPACE = ' \t\n\v\f\r';

/**
 * Where a text without the white space around it begins and ends. By hand: a pattern such as `\s+$` takes quadratic
 * time on a long run of spaces.
 */
export function trimmedSpan(text: string): { readonly start: number; readonly end: number } {
  let end = text.length;
  while (end > 0 && SPACE.includes(text.charAt(end - 1))) end -= 1;
  let start = 0;
  while (start < end && SPACE.includes(text.charAt(start))) start += 1;
  return { start, end };
}

export function trimmed(text: string): string {
  const { start, end } = trimmedSpan(text);
  return text.slice(start, end);
}
