import { quote } from './quote.ts';

/** One part of a Proxmox property list such as `host,hidden=1`. */
export interface Property {
  readonly key: string;
  readonly value: string;
  /** Where the part begins, in characters from the start of the list. */
  readonly offset: number;
}

export interface PropertyProblem {
  readonly offset: number;
  readonly message: string;
}

/**
 * Reads a comma-separated property list. A part without `=` is the value of `defaultKey`. Proxmox refuses the whole
 * list for any of the problems. Source: pve-common PVE/JSONSchema.pm, parse_property_string.
 */
export function parsePropertyString(
  list: string,
  defaultKey: string,
): { readonly properties: readonly Property[]; readonly problems: readonly PropertyProblem[] } {
  const properties = new Map<string, Property>();
  const problems: PropertyProblem[] = [];
  let offset = 0;
  for (const part of list.split(',')) {
    const [, key = defaultKey, value = part] = /^([^=]+)=(.+)$/.exec(part) ?? [];
    if (part.trim() === '') {
      // Proxmox skips an empty part.
    } else if (value === part && part.includes('=')) {
      problems.push({ offset, message: `${quote(part)} lacks its name or its value` });
    } else if (properties.has(key)) {
      problems.push({ offset, message: `${quote(key)} stands twice` });
    } else {
      properties.set(key, { key, value, offset });
    }
    offset += part.length + 1;
  }
  return { properties: [...properties.values()], problems };
}

/** The properties of a list by name, for a value that is known to be one; empty for null. */
export function propertyMap(list: string | null, defaultKey: string): ReadonlyMap<string, string> {
  const { properties } = parsePropertyString(list ?? '', defaultKey);
  return new Map(properties.map(({ key, value }) => [key, value]));
}

/** Whether a property stands there and is true; `fallback` where it does not stand there. */
export function isOn(value: string | null | undefined, fallback = false): boolean {
  return parseBoolean(value ?? '') ?? fallback;
}

/** How Proxmox spells a boolean; null for anything else. Source: PVE/JSONSchema.pm, parse_boolean. */
export function parseBoolean(text: string): boolean | null {
  if (/^(?:1|on|yes|true)$/i.test(text)) return true;
  if (/^(?:0|off|no|false)$/i.test(text)) return false;
  return null;
}
