/** Words of a processor's name that tell no processor from another. */
const PLAIN = new Set(['intel', 'core', 'celeron', 'pentium', 'atom', 'silver', 'gold']);
const LONGEST = 40;

/**
 * Ids for a host file, best first. They come from the hardware, because the file is published and the host's own name
 * is private: `n100`, and where that is another host's already, with its board.
 */
export function hostIds(
  cpu: string | null,
  codename: string | null,
  board: string | null,
): readonly string[] {
  const words = slug(cpu ?? '')
    .split('-')
    .filter((word) => !PLAIN.has(word));
  const short = words.join('-') || slug(codename ?? '') || 'host';
  const numbered = Array.from({ length: 98 }, (_, at) => `${short}-${at + 2}`);
  return [short, ...(board === null ? [] : [`${short}-${slug(board)}`]), ...numbered].map((id) =>
    id.slice(0, LONGEST).replace(/-+$/, ''),
  );
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
