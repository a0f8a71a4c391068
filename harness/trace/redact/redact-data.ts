/** What is nested deeper is no answer of any program that is asked here. */
const DEPTH = 60;

/**
 * Plain data with every string in it redacted, the names of properties, too.
 *
 * @param redact must keep the length of what it is given
 */
export function redactData(value: unknown, redact: (text: string) => string): unknown {
  return inside(value, '', 0, redact);
}

function inside(value: unknown, context: string, depth: number, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return inContext(context, redact(value), redact);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= DEPTH) return null;
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    return items.map((item, at) => inside(item, optionOf(items[at - 1]) ?? context, depth + 1, redact));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redact(key), inside(item, `${key}=`, depth + 1, redact)]),
  );
}

/** Names of what a kind looks for beside a value; most names are none, and the value is not looked at again. */
const TELLS =
  /^--?\w|serial|asset|sku|user|login|host|node|computer|domain|mac|ether|addr|uuid|guid|[_-]id|pass|secret|token|key|ticket|cookie|csrf|auth|storage|pool|vg|wwn|wwid|cred/i;

/** A string alone may not show what the name of its property, or the option before it, tells. */
function inContext(context: string, text: string, redact: (text: string) => string): string {
  if (!TELLS.test(context) || context.length > 100) return text;
  const whole = redact(context + text);
  return whole.startsWith(context) ? whole.slice(context.length) : text;
}

function optionOf(before: unknown): string | null {
  return typeof before === 'string' && /^--?[a-z]/i.test(before) ? `${before} ` : null;
}
