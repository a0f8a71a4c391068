/** What one side of a comparison has: a name (`haos`, `pve`, `q35`; empty where the kind has but one) and a version. */
export interface Value {
  readonly name: string;
  /** Digits, dots and what follows; `newer` or `older` where only that is said; null: not said. */
  readonly version: string | null;
}

const MARK = /[.+~_-]+/;

/** Whether one version is the other one said more exactly: `6.8` and `6.8.12-4-pve`. */
function agrees(a: string, b: string): boolean {
  const [short = [], long = []] = [a.split(MARK), b.split(MARK)].toSorted((x, y) => x.length - y.length);
  return short.every((part, at) => part === long[at]);
}

/** Whether two values are surely not the same thing. */
export function differ(a: Value, b: Value): boolean {
  if (a.name !== b.name) return true;
  return a.version !== null && b.version !== null && !agrees(a.version, b.version);
}

/** Whether `a` is surely of an earlier release than `b`; null where that cannot be told. */
export function earlier(a: Value, b: Value): boolean | null {
  if (a.version === null || b.version === null || a.name !== b.name) return null;
  if (a.version === b.version) return false;
  if (a.version === 'older' || b.version === 'newer') return true;
  if (a.version === 'newer' || b.version === 'older') return false;
  const [one, two] = [a.version, b.version].map((version) => (version.match(/\d+/g) ?? []).map(Number));
  for (const [at, part] of (one ?? []).entries()) {
    const other = two?.[at];
    if (other === undefined) return null;
    if (part !== other) return part < other;
  }
  return null;
}
