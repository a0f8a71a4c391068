/** What a mainboard's firmware says where its maker filled nothing in. */
const NOTHING =
  /^(?:default string|to be filled|system|not (?:applicable|specified|available)|n\/?a|none|unknown|type2|base ?board|0+|x+)\b/i;

/**
 * A processor as people write it, from what the kernel says: `Intel(R) Core(TM) i5-8500T CPU @ 2.10GHz` is
 * `Intel Core i5-8500T`. Null: nothing is left.
 */
export function cpuName(model: string): string | null {
  const name = model
    .slice(0, 200)
    .replaceAll(/\((?:R|TM|C)\)/gi, ' ')
    .replaceAll(/@.*$/g, ' ')
    .replaceAll(/\b(?:CPU|Processor)\b|\b\d{1,2}(?:st|nd|rd|th) Gen\b/gi, ' ')
    .replaceAll(/[^A-Za-z0-9 ._/+-]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return name === '' ? null : name;
}

/** The model of a mainboard, from the firmware's words; null where these tell nothing. */
export function boardName(text: string): string | null {
  const name = text
    .slice(0, 60)
    .replaceAll(/[^A-Za-z0-9 ._/+-]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return name.length < 2 || NOTHING.test(name) ? null : name;
}
