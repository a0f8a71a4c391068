const NOUN = String.raw`(?:sha-?(?:1|2|256|512)?(?:sum)?s?|md5(?:sum)?s?|check ?sums?|hash(?:es)?|digests?|crc(?:32)?|prüfsummen?)`;
const DIFFERS = String.raw`(?:differ(?:s|ent|ed)?|mismatch\w*|(?:do(?:es)?|did)(?: not|n['’]t) (?:match|agree|fit)|not the same|wrong|(?:is|are|was)(?: not|n['’]t) (?:the same|right|correct|equal|identical)|fail(?:s|ed|ure)?|unequal|stimm\w* nicht|anders|weicht ab|≠|!=)`;
const SAID: readonly RegExp[] = [
  new RegExp(String.raw`\b${NOUN}\b(?:[^.;?]{0,60}|[^?]{0,12}#[^?]{0,80})${DIFFERS}`, 'i'),
  new RegExp(
    String.raw`\b(?:different|wrong|other|another|mismatch\w*|bad|falsche?) (?:\w{1,8} )?${NOUN}\b`,
    'i',
  ),
  /\.(?:rom|bin): FAILED\s*$|\bcomputed checksums? did NOT match\b/,
];
/** A sum: whole, or with its middle left out, or only how it begins. */
const SUM = /(?<![\w.…/-])(?:[0-9a-f]{32,64}|[0-9a-f]{4,32}(?:\.{2,3}|…)[0-9a-f]{0,32})(?![\w/-])/i;
const SUMS = new RegExp(SUM, 'gi');
const LABELLED = new RegExp(String.raw`\b${NOUN}\b`, 'i');
const OF_RELEASE =
  /\b(?:release|published|github|page|readme|expected|should|original|upstream|official|project|theirs?|manifest|soll)\b/i;
const OWN =
  /\b(?:mine|my|host|local|own|have|got|file|here|disk|server|ist|sha256sum on|result)\b|\.(?:rom|bin)\b/i;

/** Whether a text says that the sums of a file differ. */
export function sumsDiffer(text: string): boolean {
  return (
    SAID.some((said) => said.test(text.replace(SUMS, '#'))) &&
    !/\b(?:no|not|n't) (?:a )?(?:differ\w*|mismatch|wrong)/i.test(text)
  );
}

/** Two sums of one file in one line, its own and the release's, that are not the same. */
export function sumsInLine(text: string): boolean {
  const [one, other, more] = [...text.matchAll(SUMS)].map(([sum]) => sum.toLowerCase());
  const labelled = LABELLED.test(text) && OF_RELEASE.test(text);
  return labelled && one !== undefined && other !== undefined && more === undefined && unequal(one, other);
}

/** A sum that a text gives, and whose it is; null where it gives none. */
export function sumIn(text: string): { readonly sum: string; readonly of: 'release' | 'own' } | null {
  const sum = SUM.exec(text)?.[0].toLowerCase();
  if (sum === undefined || !LABELLED.test(text)) return null;
  const of = OF_RELEASE.test(text) ? 'release' : OWN.test(text) ? 'own' : null;
  return of === null ? null : { sum, of };
}

/** Whether two sums, of which each may be shortened, are surely not the same. */
export function unequal(one: string, other: string): boolean {
  const [a, b] = [one, other].map((sum) => sum.split(/\.{2,3}|…/));
  if (a === undefined || b === undefined) return false;
  const [head, tail] = [(x: readonly string[]) => x[0] ?? '', (x: readonly string[]) => x.at(-1) ?? ''];
  const first = Math.min(head(a).length, head(b).length);
  const last = Math.min(tail(a).length, tail(b).length);
  return (
    head(a).slice(0, first) !== head(b).slice(0, first) ||
    (last > 0 && tail(a).slice(-last) !== tail(b).slice(-last))
  );
}
