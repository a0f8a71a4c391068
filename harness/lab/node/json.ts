type Sorted = null | string | number | boolean | readonly Sorted[] | { readonly [key: string]: Sorted };

function sorted(value: unknown): Sorted {
  if (Array.isArray(value)) return value.map(sorted);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, each]: [string, unknown]) => [key, sorted(each)]),
    );
  return value as Sorted;
}

/** As `--output-format json` prints it: on one line, keys in order. */
export function json(value: unknown): string {
  return `${JSON.stringify(sorted(value))}\n`;
}

/** As `--output-format json-pretty` and `qm guest` print it: Perl's way of indenting. */
export function prettyJson(value: unknown): string {
  return `${pretty(sorted(value), '')}\n`;
}

function pretty(value: Sorted, indent: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}   `;
  const [open, close, items] = Array.isArray(value)
    ? ['[', ']', (value as readonly Sorted[]).map((each) => pretty(each, inner))]
    : [
        '{',
        '}',
        Object.entries(value).map(([key, each]) => `${JSON.stringify(key)} : ${pretty(each, inner)}`),
      ];
  if (items.length === 0) return `${open}${close}`;
  return `${open}\n${items.map((item) => `${inner}${item}`).join(',\n')}\n${indent}${close}`;
}
