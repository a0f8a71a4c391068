const CAP = 400;

/**
 * How each kind of processor is named by machines and by people, and the letter that keeps the kinds apart in
 * `PROCESSOR_RULES`. First match wins: `Core 3 N355` is an N355. Every repeat is bounded.
 */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/\bultra[ -]{0,2}(?:x?[3579])?[ -]{0,2}(?:processor )?(\d{3}[a-z]{0,3})\b/, 'u'],
  [/\be3[ -]{0,2}(1\d{3}[a-z]{0,2}) ?-?(v[1-6])\b/, 'e3-'],
  [/\be3[ -]{0,2}(1[12]\d{2}[a-z]{0,2})\b/, 'e3-'],
  [/\be-(2[1-4]\d\d[a-z]{0,3})\b/, 'e-'],
  [/\bxeon e ?(2[1-4]\d\d[a-z]{0,3})\b/, 'e-'],
  [/\bw-?(1[0-3]\d{2,3}[a-z]{0,3})\b/, 'w-'],
  [/\b(n3[05][05])\b/, ''],
  [/\bi[3579][ -]{0,3}(\d{4,5}(?!mhz|mb|gb)[a-z]{0,3}\d?[a-z]{0,2})\b/, 'i'],
  [/\bi[357][ -]{0,3}(\dy\d\d)\b/, 'i'],
  [/\bm[357]?[ -]{0,3}(\dy\d\d[a-z]?|8100y)\b/, 'm'],
  [/\b(n(?:50|9[57]|[12][05]0))\b/, ''],
  [/\bn-(9[57]|[12][05]0)\b/, 'n'],
  [/\b([nj]\d{4}[a-z]?)\b/, ''],
  [/\b(g\d{3,4}[a-z]{0,2})\b/, ''],
  [/\bx[57][ -]([ez]\d{4}[a-z]?)\b/, ''],
  [/\b(z[38]\d{3}[a-z]?|e3[89]\d\d)\b/, ''],
  [/\b(x[67]\d{3}[a-z]{1,2})\b/, ''],
  [/\bcore ?[3579] (?:processor )?(\d{3}[a-z]{0,3})\b/, 'c'],
  [
    /\b(?:celeron|pentium)(?: (?:gold|silver|cpu|processor|dual-core)){0,3}[ -]{0,2}(b?\d{3,4}[a-z]{0,2})\b/,
    'p',
  ],
  [/\b(u300e?)\b/, ''],
  [/\bprocessor (3[01]0t?)\b/, 'processor'],
  // Without its `i7-`, only where letters behind it leave no doubt: `10900K`, `1135G7`.
  [/(?<![\w.-])(1[0-4]\d00(?:hx|hk?|kf?|ks|t|f)|1[01]\d\dg\d)\b/, 'i'],
];

/** Lower case, one space between words, without trade marks and `CPU`; bounded. */
export function plainName(text: string): string {
  return text
    .slice(0, CAP)
    .toLowerCase()
    .replace(/\((?:r|tm|c)\)|[®™]/g, ' ')
    .replace(/\bcpu\b/g, ' ')
    .replace(/[\s_]+/g, ' ')
    .trim();
}

/** The number of an Intel processor in a plain name, with the letter of its kind: `i8500t`, `e3-1245v6`, `n100`. */
export function processorNumber(plain: string): string | null {
  for (const [name, kind] of NAMES) {
    const found = name.exec(plain);
    if (found === null) continue;
    const version = kind === 'e3-' ? (found[2] ?? 'v1') : '';
    return `${kind}${found[1] ?? ''}${version}`;
  }
  return null;
}
