/** How pseudonyms of one kind look. Each is as long as what it stands for, and is built as that is. */
export interface Shape {
  /** Values that count together: the number of one is never the number of another. */
  readonly count: (sample: string) => string;
  /** The pseudonym with this number, spelled as `sample` is; the numbers count from 1. */
  readonly make: (n: number, sample: string) => string;
  /** The number of a text that is such a pseudonym already; null where it is none. */
  readonly numberOf: (text: string) => number | null;
}

/** `00000000-0000-4000-8000-000000000001`; without its dashes where the sample has none. */
export const UUID: Shape = {
  count: () => 'uuid',
  make: (n, sample) => {
    const dashed = `00000000-0000-4000-8000-${String(n % 1e12).padStart(12, '0')}`;
    return sample.includes('-') ? dashed : dashed.replaceAll('-', '');
  },
  numberOf: (text) => positive(Number(/^0{8}-?0{4}-?4000-?8000-?(\d{12})$/.exec(text)?.[1] ?? 0)),
};

/** `02:00:00:00:00:01`: locally administered (IEEE 802), with the separators of the sample, or none. */
export const MAC: Shape = {
  count: () => 'mac',
  make: (n, sample) => {
    const digits = `02${(n % 0x1_0000_0000).toString(16).padStart(10, '0')}`;
    return intoPlaces(/[A-F]/.test(sample) ? digits.toUpperCase() : digits, sample, /[0-9a-f]/gi);
  },
  numberOf: (text) => {
    const digits = /^020{6}([0-9a-f]{4})$/i.exec(text.replace(/[:.-]/g, ''))?.[1];
    return positive(Number.parseInt(digits ?? '0', 16));
  },
};

/** Digits of a number with as many zeros before it: `000.000.0.1`. No address or identifier begins so. */
export const DIGITS: Shape = {
  count: (sample) => `digits ${sample.replace(/\d/g, '0')}`,
  make: (n, sample) => {
    const first = /^\d+/.exec(sample)?.[0].length ?? 1;
    const places = digitsIn(sample, /\d/g);
    const digits = String(n % 10 ** Math.min(places - first, 15)).padStart(places, '0');
    return intoPlaces(digits, sample, /\d/g);
  },
  numberOf: (text) => (/^0+(?:[.-]\d+)+$/.test(text) ? positive(Number(text.replace(/\D/g, ''))) : null),
};

/** The same in hex: `0000:000::1`. `of`: what is counted together, in however many spellings. */
export function hex(of: string): Shape {
  return {
    count: () => of,
    make: (n, sample) => {
      const places = digitsIn(sample, /[0-9a-f]/gi);
      const digits = (n % 16 ** Math.min(places - 1, 8)).toString(16).padStart(places, '0');
      return intoPlaces(digits, sample, /[0-9a-f]/gi);
    },
    numberOf: (text) => {
      const n = /^:{0,2}0[0-9a-f]/i.test(text) ? Number.parseInt(text.replace(/[:-]/g, ''), 16) : 0;
      return n <= 0xffff ? positive(n) : null;
    },
  };
}

/** `XXXXX-XXXXX-XXXXX-XXXXX-00001` */
export const PRODUCT_KEY: Shape = {
  count: () => 'product-key',
  make: (n) => `${'XXXXX-'.repeat(4)}${String(n % 1e5).padStart(5, '0')}`,
  numberOf: (text) => positive(Number(/^(?:XXXXX-){4}(\d{5})$/i.exec(text)?.[1] ?? 0)),
};

const LABELS = ['host', 'user', 'vm', 'storage', 'serial', 'secret', 'mail', 'words', 'name'] as const;
const OURS = new RegExp(`^z(?:(?:${LABELS.join('|')})-)?(0\\d{1,200})$`);

/**
 * `zhost-0001`, or `z001` where there is not the room. The zero behind it tells it from somebody's own word; an `x`
 * would make an escape of the backslash of a path.
 */
export function word(label: (typeof LABELS)[number]): Shape {
  return {
    count: (sample) => `word ${sample.length}`,
    make: (n, { length }) => {
      const prefix = length >= label.length + 5 ? `z${label}-` : length >= 3 ? 'z' : '';
      const room = length - prefix.length;
      const decimal = String(n);
      if (prefix !== '' && decimal.length < room) return prefix + decimal.padStart(room, '0');
      return prefix + (n % 36 ** Math.min(room, 8)).toString(36).padStart(room, '0');
    },
    numberOf: (text) => positive(Number(OURS.exec(text)?.[1] ?? 0)),
  };
}

function positive(n: number): number | null {
  return n > 0 && Number.isSafeInteger(n) ? n : null;
}

function digitsIn(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}

/** `digits` one after the other in the places of `sample` that `place` finds. */
function intoPlaces(digits: string, sample: string, place: RegExp): string {
  let at = 0;
  return sample.replace(place, () => digits[at++] ?? '0');
}
