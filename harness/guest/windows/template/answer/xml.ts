/** One element: its attributes by name, and either text or other elements. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly XmlElement[];
}

type Content = XmlElement['content'];

/** An element; where attributes are left out it has none. */
export function xml(name: string, content: Content): XmlElement;
export function xml(name: string, attributes: XmlElement['attributes'], content: Content): XmlElement;
export function xml(name: string, second: XmlElement['attributes'] | Content, third?: Content): XmlElement {
  if (third !== undefined) return { name, attributes: second as XmlElement['attributes'], content: third };
  return { name, attributes: {}, content: second as Content };
}

const NAME = /^[A-Za-z][\w:-]*$/;
// What XML 1.0 has no way to write at all, not even as a reference (§2.2).
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/**
 * Writes a whole document. Every text and every attribute is escaped here and nowhere else.
 *
 * @throws RangeError for a name that is none, or a character that XML cannot hold
 */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${render(root, '')}\n`;
}

function render({ name, attributes, content }: XmlElement, indent: string): string {
  const words = Object.entries(attributes).map(([key, value]) => ` ${checked(key)}="${escaped(value)}"`);
  const open = `${indent}<${checked(name)}${words.join('')}>`;
  if (typeof content === 'string') return `${open}${escaped(content)}</${name}>`;
  const inside = content.map((child) => render(child, `${indent}  `));
  return [open, ...inside, `${indent}</${name}>`].join('\n');
}

function checked(name: string): string {
  if (!NAME.test(name)) throw new RangeError(`${JSON.stringify(name)} is no name in XML`);
  return name;
}

function escaped(text: string): string {
  if (UNWRITABLE.test(text)) throw new RangeError(`XML cannot hold ${JSON.stringify(text.slice(0, 60))}`);
  return text.replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}
