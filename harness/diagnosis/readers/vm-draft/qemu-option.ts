import type { Quote } from '../../quote.ts';

/** One word of a command line, and the line that it stands in. */
export interface Word {
  readonly text: string;
  readonly quote: Quote;
}

/** One option of a QEMU command line. */
export interface QemuOption {
  /** Without dashes: `device`. */
  readonly name: string;
  /** Null for one that has none. */
  readonly value: string | null;
  readonly quote: Quote;
}

/** Options out of words: what follows an option and begins with no dash is its value. */
export function qemuOptions(words: readonly Word[]): readonly QemuOption[] {
  return words.flatMap(({ text, quote }, index): QemuOption[] => {
    const [, name] = /^--?([a-zA-Z][\w-]{0,40})$/.exec(text) ?? [];
    if (name === undefined) return [];
    const next = words[index + 1];
    const has = next !== undefined && !/^--?[a-zA-Z][\w-]{0,40}$/.test(next.text);
    return [{ name, value: has ? next.text : null, quote: has ? next.quote : quote }];
  });
}

/** What an option such as `-device` says: its first word (`driver`), and properties by name. */
export interface OptionList {
  readonly first: string;
  readonly properties: ReadonlyMap<string, string>;
  /** Properties whose type is said, which only JSON does. */
  readonly types: ReadonlyMap<string, 'string' | 'boolean' | 'number'>;
}

/**
 * Reads `vfio-pci,host=00:02.0,id=x` (a comma inside a value is written twice) or the same as JSON, where `implied`
 * names the first word's property; never throws.
 */
export function optionList(value: string, implied = 'driver'): OptionList {
  const given = value.trim();
  if (given.startsWith('{')) return jsonList(given, implied);
  const properties = new Map<string, string>();
  let first = '';
  for (const [index, part] of given.replaceAll(',,', '\0').split(',').entries()) {
    const text = part.replaceAll('\0', ',');
    const equals = text.indexOf('=');
    if (equals > 0) properties.set(text.slice(0, equals).trim(), text.slice(equals + 1));
    else if (index === 0) first = text;
    else if (text.trim() !== '') properties.set(text.trim(), 'on');
  }
  return { first: first || (properties.get(implied) ?? ''), properties, types: new Map() };
}

function jsonList(text: string, implied: string): OptionList {
  const properties = new Map<string, string>();
  const types = new Map<string, 'string' | 'boolean' | 'number'>();
  for (const [name, value] of Object.entries(parsed(text))) {
    if (typeof value !== 'string' && typeof value !== 'boolean' && typeof value !== 'number') continue;
    properties.set(name, value === true ? 'on' : value === false ? 'off' : String(value));
    types.set(name, typeof value as 'string' | 'boolean' | 'number');
  }
  return { first: properties.get(implied) ?? '', properties, types };
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // Somebody's paste, cut off or without its quotes: no property is sure.
    return {};
  }
}
