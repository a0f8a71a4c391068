/** Takes a value for what it should be and hands it back as that; throws `Mismatch` where it is something else. */
export type Shape<T> = (value: unknown) => T;

/** The type that a shape hands back. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

/** A value is not what its shape says. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
  /** Where in the document, as keys and numbers with dots between them: `gpu.0.id`; empty for the whole. */
  readonly place: string;

  constructor(place: string) {
    super(`${place} is not what its shape says`);
    this.place = place;
  }
}

const shape =
  <T>(is: (value: unknown) => value is T): Shape<T> =>
  (value) => {
    if (is(value)) return value;
    throw new Mismatch('');
  };

/** Text that a probe has cut itself: anything longer did not come from it. */
export const text = shape((value): value is string => typeof value === 'string' && value.length <= 1000);

export const matching = (pattern: RegExp): Shape<string> =>
  shape((value): value is string => typeof value === 'string' && pattern.test(value));

export const oneOf = <const Word extends string>(...words: readonly Word[]): Shape<Word> =>
  shape((value): value is Word => words.some((word) => word === value));

/** No infinity and no NaN. */
export const number = shape((value): value is number => Number.isFinite(value));

export const integer = shape((value): value is number => Number.isSafeInteger(value));

export const boolean = shape((value): value is boolean => typeof value === 'boolean');

/** What may be absent is null then. */
export const optional =
  <T>(item: Shape<T>): Shape<T | null> =>
  (value) =>
    value === null || value === undefined ? null : item(value);

/** The keys that are named, each of its shape; what else is there is left out. */
export function record<const Shapes extends Readonly<Record<string, Shape<unknown>>>>(
  shapes: Shapes,
): Shape<{ readonly [Key in keyof Shapes]: Shaped<Shapes[Key]> }> {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Mismatch('');
    const given = new Map(Object.entries(value));
    const entries = Object.entries(shapes).map(([key, item]) => [key, within(key, item, given.get(key))]);
    return Object.fromEntries(entries) as { readonly [Key in keyof Shapes]: Shaped<Shapes[Key]> };
  };
}

const MAX_ITEMS = 500;

/** A list of at most 500 of `item`, however PowerShell wrote it; absent or null is the empty list. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return (value) => {
    const items = asList(value);
    if (items.length > MAX_ITEMS) throw new Mismatch('');
    return items.map((one, index) => within(String(index), item, one));
  };
}

/** PowerShell 5.1 prints an array as itself, as its only element, or as `{"value": […], "Count": n}`. */
function asList(value: unknown): readonly unknown[] {
  let inner = value;
  while (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
    if (!('value' in inner && 'Count' in inner)) break;
    inner = inner.value;
  }
  if (inner === null || inner === undefined) return [];
  return Array.isArray(inner) ? inner : [inner];
}

function within<T>(key: string, item: Shape<T>, value: unknown): T {
  try {
    return item(value);
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    throw new Mismatch(error.place === '' ? key : `${key}.${error.place}`);
  }
}

/** The value as its shape says, or where it is not. */
export function shapedAs<T>(
  item: Shape<T>,
  value: unknown,
): { readonly value: T } | { readonly not: string } {
  try {
    return { value: item(value) };
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    return { not: error.place };
  }
}
